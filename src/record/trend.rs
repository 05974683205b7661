//! The course of one questionnaire over time, in words and as a row of bars. Other editions and definitions are never joined.

use super::Kept;

/// What the last result says beside the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Higher by at least the published reliable change.
    Higher,
    /// Lower by at least the published reliable change.
    Lower,
    /// Within measurement error.
    Same,
    /// No reliable change is published.
    NoRule,
    /// One of the two has no score.
    Unknown,
}

/// The results of one questionnaire in one definition, oldest first.
#[derive(Debug)]
pub struct Trend<'k> {
    /// Title of the questionnaire.
    pub title: &'k str,
    /// Id of the questionnaire.
    pub questionnaire: &'k str,
    /// Results, oldest first, by the day they were filled in.
    pub results: Vec<&'k Kept>,
}

/// Groups results by questionnaire and definition; voided ones are left out.
#[must_use]
pub fn trends(kept: &[Kept]) -> Vec<Trend<'_>> {
    let mut trends: Vec<(&str, Trend<'_>)> = Vec::new();
    for result in kept.iter().filter(|result| result.voided.is_none()) {
        let sitting = &result.administration;
        let known =
            trends.iter_mut().find(|(hash, trend)| *hash == sitting.definition_sha256 && trend.questionnaire == sitting.questionnaire);
        match known {
            Some((_, trend)) => trend.results.push(result),
            None => trends.push((
                &sitting.definition_sha256,
                Trend { title: &sitting.title, questionnaire: &sitting.questionnaire, results: vec![result] },
            )),
        }
    }
    let mut trends: Vec<Trend<'_>> = trends.into_iter().map(|(_, trend)| trend).collect();
    for trend in &mut trends {
        trend.results.sort_by(|left, right| day(left).cmp(&day(right)));
    }
    trends
}

fn day(kept: &Kept) -> (&str, &str) {
    (&kept.administration.taken_on, &kept.administration.entered_at)
}

impl Trend<'_> {
    /// A bar for each result, from the lowest to the highest possible score; a gap where there is no score.
    #[must_use]
    pub fn sparkline(&self) -> String {
        const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
        let bar = |kept: &&Kept| {
            let total = kept.administration.total()?;
            let (lowest, highest) = (f64::from(total.range.0), f64::from(total.range.1));
            let share = (total.points? - lowest) / (highest - lowest).max(1.0);
            BARS.iter().enumerate().rev().find(|(step, _)| *step == 0 || share * 7.0 + 0.5 >= step_of(*step)).map(|(_, bar)| *bar)
        };
        self.results.iter().map(|kept| bar(kept).unwrap_or('·')).collect()
    }

    /// What the last result says beside the one before it; `None` for a single result. `reliable` is in points (≥).
    #[must_use]
    pub fn change(&self, reliable: Option<i32>) -> Option<Change> {
        let mut newest = self.results.iter().rev();
        let points = |kept: &&Kept| kept.administration.total().and_then(|total| total.points);
        let (last, before) = (points(newest.next()?), points(newest.next()?));
        let (Some(last), Some(before)) = (last, before) else { return Some(Change::Unknown) };
        let Some(reliable) = reliable.map(f64::from) else { return Some(Change::NoRule) };
        Some(if last - before >= reliable {
            Change::Higher
        } else if before - last >= reliable {
            Change::Lower
        } else {
            Change::Same
        })
    }
}

#[allow(clippy::cast_precision_loss, reason = "a step is 0 to 7")]
fn step_of(step: usize) -> f64 {
    step as f64
}
