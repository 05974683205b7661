//! Scales: method, range, missing rule, direction, bands and cut-offs.

use super::Checker;
use crate::questionnaire::Rule;
use crate::questionnaire::file::{AccuracyFile, ItemFile, MethodKind, MissingKind, ScaleFile};

impl Checker<'_, '_, '_> {
    pub(super) fn scales(&mut self) {
        let file = self.file;
        if !file.scales.is_empty() && !file.scales.iter().any(|scale| scale.id == "total") {
            self.fault(Rule::MainScale, "/scales", "No scale is called \"total\".", "Call the main scale \"total\".");
        }
        for (place, scale) in file.scales.iter().enumerate() {
            let pointer = format!("/scales/{place}");
            self.scale_items(scale, &pointer);
            let method_fine = self.method(scale, &pointer);
            self.missing(scale, &pointer);
            self.bands(scale, &pointer);
            self.cut_offs(scale, &pointer);
            if method_fine {
                self.range(scale, &pointer);
            }
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

    fn method(&mut self, scale: &ScaleFile, pointer: &str) -> bool {
        let method = &scale.method;
        let fine = match method.kind {
            MethodKind::Sum | MethodKind::Mean => method.at_least.is_none() && method.multiplier.is_none_or(|factor| factor >= 1),
            MethodKind::Count => method.at_least.is_some() && method.multiplier.is_none(),
        };
        if !fine {
            self.fault(
                Rule::BadMethod,
                &format!("{pointer}/method"),
                "The method has parts that do not belong together.",
                "Sum and mean take a multiplier of 1 or more; count takes at_least.",
            );
        }
        fine
    }

    fn missing(&mut self, scale: &ScaleFile, pointer: &str) {
        let missing = &scale.missing;
        let items = i32::try_from(scale.items.len()).unwrap_or(i32::MAX);
        let fine = match missing.rule {
            MissingKind::Complete => missing.max_missing.is_none() && missing.source.is_none(),
            MissingKind::Prorate => missing.max_missing.is_some_and(|most| (1..items).contains(&most)) && missing.source.is_some(),
        };
        let count = scale.method.kind == MethodKind::Count && missing.rule == MissingKind::Prorate;
        if !fine || count {
            self.fault(
                Rule::BadMissingRule,
                &format!("{pointer}/missing"),
                "The missing rule has parts that do not belong together.",
                "Complete stands alone; prorate takes max_missing, fewer than the items, and a source, and never a count.",
            );
        }
    }

    /// The declared range is what the options allow, no more and no less.
    fn range(&mut self, scale: &ScaleFile, pointer: &str) {
        let items: Vec<&ItemFile> = scale.items.iter().filter_map(|id| self.item(id)).collect();
        if items.len() != scale.items.len() || items.is_empty() {
            return;
        }
        let ends = |item: &&ItemFile| {
            let shut = item.gate.as_ref().map(|gate| gate.points_when_not_applicable);
            let refused = scale.refusal.as_ref().map(|refusal| refusal.points);
            let points = || self.options(item).iter().map(|option| option.points).chain(shut).chain(refused);
            Some((i64::from(points().min()?), i64::from(points().max()?)))
        };
        let Some(ends) = items.iter().map(ends).collect::<Option<Vec<_>>>() else { return };
        let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let threshold = i64::from(scale.method.at_least.unwrap_or(0));
        let factor = i64::from(scale.method.multiplier.unwrap_or(1));
        let of = |points: &dyn Fn(&(i64, i64)) -> i64| match scale.method.kind {
            MethodKind::Sum => (ends.iter().map(points).sum::<i64>() * factor, 1),
            MethodKind::Mean => (ends.iter().map(points).sum::<i64>() * factor, count),
            MethodKind::Count => (ends.iter().map(points).filter(|points| *points >= threshold).count().try_into().unwrap_or(i64::MAX), 1),
        };
        let (lowest, highest) = (of(&|end| end.0), of(&|end| end.1));
        let [from, to] = scale.range.map(i64::from);
        if lowest.0 != from * lowest.1 || highest.0 != to * highest.1 {
            let message =
                format!("The range says {from} to {to}, but the options allow {} to {}.", lowest.0 / lowest.1, highest.0 / highest.1);
            self.fault(Rule::WrongRange, &format!("{pointer}/range"), &message, "Correct the range or the points.");
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
        let [lowest, highest] = scale.range;
        for (at, band) in scale.bands.iter().enumerate() {
            let here = format!("{pointer}/bands/{at}");
            if band.from > band.to || band.from < lowest || band.to > highest {
                let message = format!("The band runs from {} to {}, outside {lowest} to {highest}.", band.from, band.to);
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
        let [lowest, highest] = scale.range;
        for (at, cut_off) in scale.cut_offs.iter().enumerate() {
            let here = format!("{pointer}/cut_offs/{at}");
            if cut_off.at_least <= lowest || cut_off.at_least > highest {
                let message = format!("Nobody, or everybody, is at {} or above on a scale from {lowest} to {highest}.", cut_off.at_least);
                self.fault(Rule::CutOffOutOfRange, &format!("{here}/at_least"), &message, "Correct the threshold (≥).");
            }
            if cut_off.default && cut_off.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
                self.fault(Rule::DefaultCutOff, &here, "The default cut-off has no reason.", "Say why it is the default.");
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

fn is_share(accuracy: AccuracyFile) -> bool {
    let low = accuracy.low.unwrap_or(accuracy.value);
    let high = accuracy.high.unwrap_or(accuracy.value);
    0.0 <= low && low <= accuracy.value && accuracy.value <= high && high <= 1.0
}
