//! Scales: method, range, missing rule, direction, bands and cut-offs.

use std::ops::RangeInclusive;

use super::Checker;
use crate::questionnaire::Rule;
use crate::questionnaire::file::{AccuracyFile, ItemFile, MethodFile, MethodKind, MissingKind, ScaleFile};

impl Checker<'_, '_, '_> {
    pub(super) fn scales(&mut self) {
        let file = self.file;
        if !file.scales.is_empty() && !file.scales.iter().any(|scale| scale.id == "total") {
            self.fault(Rule::MainScale, "/scales", "No scale is called \"total\".", "Call the main scale \"total\".");
        }
        for (place, scale) in file.scales.iter().enumerate() {
            let pointer = format!("/scales/{place}");
            self.scale_items(scale, &pointer);
            self.method(scale, &pointer);
            self.missing(scale, &pointer);
            self.bands(scale, &pointer);
            self.cut_offs(scale, &pointer);
            self.range(scale, &pointer);
        }
        self.direction();
    }

    fn scale_items(&mut self, scale: &ScaleFile, pointer: &str) {
        if scale.items.is_empty() {
            self.fault(Rule::EmptyList, &format!("{pointer}/items"), "This list is empty.", "Name the items of the scale.");
        }
        for (at, id) in scale.items.iter().enumerate() {
            let here = format!("{pointer}/items/{at}");
            if scale.items.iter().take(at).any(|earlier| earlier == id) {
                self.fault(Rule::DuplicateId, &here, &format!("Item {id} stands twice in this scale."), "Name it once.");
            }
            match self.item(id).map(|item| item.scored) {
                None => {
                    let known: Vec<&str> = self.file.items.iter().map(|item| item.id.as_str()).collect();
                    self.unknown(Rule::UnknownItem, &here, "item", id, known.into_iter());
                }
                Some(false) => {
                    let message = format!("Item {id} is not scored, yet the scale counts it.");
                    self.fault(Rule::UnscoredItemInScale, &here, &message, "Remove it, or the \"scored\": false.");
                }
                Some(true) => {}
            }
        }
    }

    fn method(&mut self, scale: &ScaleFile, pointer: &str) {
        if !fits_together(&scale.method) {
            self.fault(
                Rule::BadMethod,
                &format!("{pointer}/method"),
                "The method has parts that do not belong together.",
                "Sum and mean take a multiplier of 1 or more; count takes at_least.",
            );
        }
    }

    fn missing(&mut self, scale: &ScaleFile, pointer: &str) {
        let missing = &scale.missing;
        let items = i32::try_from(scale.items.len()).unwrap_or(i32::MAX);
        let fine = match missing.rule {
            MissingKind::Complete => missing.max_missing.is_none() && missing.source.is_none(),
            MissingKind::Prorate => missing.max_missing.is_some_and(|most| (1..items).contains(&most)) && missing.source.is_some(),
        };
        let count = scale.method.kind == MethodKind::Count && missing.rule == MissingKind::Prorate;
        let at = format!("{pointer}/missing");
        if !fine || count {
            self.fault(
                Rule::BadMissingRule,
                &at,
                "The missing rule has parts that do not belong together.",
                "Complete stands alone; prorate takes max_missing, fewer than the items, and a source, and never a count.",
            );
        } else if missing.rule == MissingKind::Prorate {
            // The mean of items worth 0 to 9 in place of one worth 0 to 1 could lie above the highest possible score.
            let ends: Option<Vec<_>> = scale.items.iter().map(|id| self.item_ends(scale, self.item(id)?)).collect();
            if ends.is_some_and(|ends| ends.windows(2).any(|two| two.first() != two.last())) {
                let message = "The missing rule lets items stand in for each other that have different lowest or highest points.";
                self.fault(Rule::BadMissingRule, &at, message, "Write complete.");
            }
        }
    }

    /// The declared range is what the options allow, no more and no less.
    fn range(&mut self, scale: &ScaleFile, pointer: &str) {
        let Some(allowed) = self.allowed(scale) else { return };
        let at = format!("{pointer}/range");
        if allowed.largest > EXACT {
            return self.fault(
                Rule::WrongRange,
                &at,
                "The points are too large to be added up exactly.",
                "Correct the points or the multiplier.",
            );
        }
        let [from, to] = scale.range.map(i128::from);
        if allowed.lowest != from * allowed.parts || allowed.highest != to * allowed.parts {
            let shown = |points: i128| {
                let whole = points % allowed.parts == 0;
                if whole { (points / allowed.parts).to_string() } else { format!("{points}/{}", allowed.parts) }
            };
            let (lowest, highest) = (shown(allowed.lowest), shown(allowed.highest));
            let message = format!("The range says {from} to {to}, but the options allow {lowest} to {highest}.");
            self.fault(Rule::WrongRange, &at, &message, "Correct the range or the points.");
        }
    }

    /// Every number of points an item may add to a scale.
    fn item_points(&self, scale: &ScaleFile, item: &ItemFile) -> Vec<i64> {
        let shut = item.gate.as_ref().map(|gate| gate.points_when_not_applicable);
        let refused = scale.refusal.as_ref().map(|refusal| refusal.points);
        let options = self.options(item);
        // Without options nothing is known of the item; that is told elsewhere.
        let besides = shut.into_iter().chain(refused).filter(|_| !options.is_empty());
        options.iter().map(|option| option.points).chain(besides).map(i64::from).collect()
    }

    fn item_ends(&self, scale: &ScaleFile, item: &ItemFile) -> Option<(i64, i64)> {
        let points = self.item_points(scale, item);
        Some((*points.iter().min()?, *points.iter().max()?))
    }

    /// What the options allow; `None` where an item, an option set or the method is broken.
    fn allowed(&self, scale: &ScaleFile) -> Option<Allowed> {
        let ends = scale.items.iter().map(|id| self.item_ends(scale, self.item(id)?)).collect::<Option<Vec<_>>>()?;
        if ends.is_empty() || !fits_together(&scale.method) {
            return None;
        }
        let count = i128::try_from(ends.len()).ok()?;
        let factor = i128::from(scale.method.multiplier.unwrap_or(1));
        let threshold = i64::from(scale.method.at_least.unwrap_or(0));
        let of = |points: &dyn Fn(&(i64, i64)) -> i64| match scale.method.kind {
            MethodKind::Sum | MethodKind::Mean => ends.iter().map(|end| i128::from(points(end))).sum::<i128>() * factor,
            MethodKind::Count => ends.iter().map(|end| i128::from(points(end) >= threshold)).sum(),
        };
        let parts = if scale.method.kind == MethodKind::Mean { count } else { 1 };
        let largest = of(&|end| end.0.abs().max(end.1.abs())).max(1) * count;
        Some(Allowed { lowest: of(&|end| end.0), highest: of(&|end| end.1), parts, largest })
    }

    /// The scores that thresholds and bands are compared with: what the options allow, so that a wrong range is told once.
    pub(super) fn reach(&self, scale: &ScaleFile) -> RangeInclusive<i64> {
        let declared = i64::from(scale.range[0])..=i64::from(scale.range[1]);
        let Some(allowed) = self.allowed(scale) else { return declared };
        let lowest = i64::try_from(allowed.lowest.div_euclid(allowed.parts));
        let highest = i64::try_from((allowed.highest + allowed.parts - 1).div_euclid(allowed.parts));
        if let (Ok(lowest), Ok(highest)) = (lowest, highest) { lowest..=highest } else { declared }
    }

    /// The smallest step between two scores of a scale: some scores no sheet has, such as odd ones where the sum is doubled.
    pub(super) fn step(&self, scale: &ScaleFile) -> f64 {
        let items: Vec<Vec<i64>> = scale.items.iter().filter_map(|id| self.item(id)).map(|item| self.item_points(scale, item)).collect();
        let differences = items.iter().flat_map(|points| points.iter().map(|more| more.abs_diff(*points.first().unwrap_or(more))));
        let smallest = i32::try_from(differences.fold(0, common_divisor)).unwrap_or(i32::MAX).max(1);
        let factor = f64::from(scale.method.multiplier.unwrap_or(1));
        match scale.method.kind {
            MethodKind::Sum => f64::from(smallest) * factor,
            MethodKind::Mean => f64::from(smallest) * factor / f64::from(i32::try_from(items.len()).unwrap_or(i32::MAX)),
            MethodKind::Count => 1.0,
        }
    }

    /// The healthiest sheet must reach the lowest end of every scale; position is not points.
    fn direction(&mut self) {
        let file = self.file;
        for scale in &file.scales {
            let mut wrong = Vec::new();
            let mut scored: i64 = 0;
            let mut expected: i64 = 0;
            for item in scale.items.iter().filter_map(|id| self.item(id)) {
                let options = self.options(item);
                let healthiest = options.iter().find(|option| option.id == item.healthiest).map(|option| option.points);
                let (Some(points), Some(lowest)) = (healthiest, options.iter().map(|option| option.points).min()) else { continue };
                scored += i64::from(points);
                expected += i64::from(lowest);
                if points > lowest {
                    wrong.push(item.id.clone());
                }
            }
            if let Some(place) = wrong.first().and_then(|first| file.items.iter().position(|item| item.id == *first)) {
                let (items, look) = if wrong.len() == 1 { ("item", "looks") } else { ("items", "look") };
                let message = format!(
                    "The healthiest sheet scores {scored} where {expected} is expected: {items} {} {look} the wrong way round.",
                    wrong.join(", ")
                );
                return self.fault(
                    Rule::WrongWayRound,
                    &format!("/items/{place}/healthiest"),
                    &message,
                    "Give each printed option its published points; position is not points.",
                );
            }
        }
    }

    fn bands(&mut self, scale: &ScaleFile, pointer: &str) {
        let reach = self.reach(scale);
        for (at, band) in scale.bands.iter().enumerate() {
            let here = format!("{pointer}/bands/{at}");
            if band.from > band.to || !reach.contains(&i64::from(band.from)) || !reach.contains(&i64::from(band.to)) {
                let (lowest, highest) = (reach.start(), reach.end());
                let message = format!("The band runs from {} to {}, on a scale from {lowest} to {highest}.", band.from, band.to);
                self.fault(Rule::BandOutOfRange, &here, &message, "Correct its ends; both are included.");
            }
            if scale.bands.iter().take(at).any(|other| band.from <= other.to && other.from <= band.to) {
                self.fault(Rule::BandsOverlap, &here, "The band overlaps another one.", "A score lies in one band at most.");
            }
            if band.name.trim().is_empty() {
                self.fault(Rule::EmptyText, &format!("{here}/name"), "This text is empty.", "Write the published name.");
            }
        }
    }

    fn cut_offs(&mut self, scale: &ScaleFile, pointer: &str) {
        let defaults = scale.cut_offs.iter().filter(|cut_off| cut_off.default).count();
        if !scale.cut_offs.is_empty() && defaults != 1 {
            let message = format!("{defaults} cut-offs of this scale are marked as default.");
            self.fault(Rule::DefaultCutOff, &format!("{pointer}/cut_offs"), &message, "Mark exactly one, and say why.");
        }
        let (lowest, highest) = self.reach(scale).into_inner();
        for (at, cut_off) in scale.cut_offs.iter().enumerate() {
            let here = format!("{pointer}/cut_offs/{at}");
            if i64::from(cut_off.at_least) <= lowest || i64::from(cut_off.at_least) > highest {
                let message = format!("Nobody, or everybody, is at {} or above on a scale from {lowest} to {highest}.", cut_off.at_least);
                self.fault(Rule::CutOffOutOfRange, &format!("{here}/at_least"), &message, "Correct the threshold (≥).");
            }
            if cut_off.default && cut_off.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
                self.fault(Rule::DefaultCutOff, &here, "The default cut-off has no reason.", "Say why it is the default.");
            }
            let context = &cut_off.context;
            let about = [&context.timing, &context.respondent, &context.language, &context.setting];
            if about.into_iter().flatten().all(|text| text.trim().is_empty()) {
                self.fault(Rule::EmptyText, &format!("{here}/context"), "The context is empty.", "Say in whom it was studied.");
            }
            if cut_off.finds.trim().is_empty() {
                self.fault(Rule::EmptyText, &format!("{here}/finds"), "This text is empty.", "Say what it was compared with.");
            }
            for (key, accuracy) in [("sensitivity", cut_off.sensitivity), ("specificity", cut_off.specificity)] {
                if accuracy.is_some_and(|accuracy| !is_share(accuracy)) {
                    self.fault(
                        Rule::AccuracyOutOfRange,
                        &format!("{here}/{key}"),
                        "Not 0 ≤ low ≤ value ≤ high ≤ 1.",
                        "Write shares, not percentages.",
                    );
                }
            }
        }
    }
}

/// Largest number up to which every whole number is also a double, 2^53.
const EXACT: i128 = 9_007_199_254_740_992;

/// The scores that the options of a scale allow.
struct Allowed {
    /// Lowest score, times `parts`.
    lowest: i128,
    /// Highest score, times `parts`.
    highest: i128,
    /// Number of items for a mean, else 1.
    parts: i128,
    /// No sum on the way to a score is larger, whatever its sign.
    largest: i128,
}

fn fits_together(method: &MethodFile) -> bool {
    match method.kind {
        MethodKind::Sum | MethodKind::Mean => method.at_least.is_none() && method.multiplier.is_none_or(|factor| factor >= 1),
        MethodKind::Count => method.at_least.is_some() && method.multiplier.is_none(),
    }
}

fn common_divisor(left: u64, right: u64) -> u64 {
    if right == 0 { left } else { common_divisor(right, left % right) }
}

fn is_share(accuracy: AccuracyFile) -> bool {
    let low = accuracy.low.unwrap_or(accuracy.value);
    let high = accuracy.high.unwrap_or(accuracy.value);
    0.0 <= low && low <= accuracy.value && accuracy.value <= high && high <= 1.0
}
