//! The card: who to call, emergency first. It is never empty and never shows another country's number.

use super::Region;
use super::lines::{Line, Lines, RegionLines};

/// Who to call in one region, or the generic block where none is known.
#[derive(Debug, Clone)]
pub struct Card<'l> {
    /// Region code and its lines; `None` shows the generic block.
    pub place: Option<(Region, &'l RegionLines)>,
    /// A region that was asked for and has no list.
    pub unlisted: Option<Region>,
    /// The generic sentences; shown where no region is known.
    pub generic: &'l [String],
    /// Newest date of any source on the card: a day, a month or a year.
    pub newest_source: Option<&'l str>,
    /// Whether an emergency or crisis line is past the day by which somebody should have looked again. It is still shown.
    pub is_old: bool,
}

impl<'l> Card<'l> {
    /// The card for a region on a day (`YYYY-MM-DD`).
    #[must_use]
    pub fn new(lines: &'l Lines, region: Option<&Region>, today: &str) -> Self {
        let place = region.and_then(|region| Some((region.clone(), lines.region(region)?)));
        let unlisted = region.filter(|_| place.is_none()).cloned();
        let shown = || place.iter().flat_map(|(_, region)| region.emergency.iter().chain(&region.crisis).chain(&region.support));
        let newest_source = match &place {
            Some(_) => shown().filter_map(|line| line.newest_source.as_deref()).max(),
            None => Some(lines.compiled_on.as_str()),
        };
        // A support line that is due for review does not make the numbers for danger look doubtful.
        let urgent = place.iter().flat_map(|(_, region)| region.emergency.iter().chain(&region.crisis));
        let is_old = urgent.into_iter().any(|line| line.review_by.as_str() < today);
        Self { newest_source, is_old, unlisted, generic: &lines.generic.lines, place }
    }

    /// Emergency numbers of the region.
    #[must_use]
    pub fn emergency(&self) -> &'l [Line] {
        self.place.as_ref().map_or(&[], |(_, region)| &region.emergency)
    }

    /// Crisis lines of the region, best first.
    #[must_use]
    pub fn crisis(&self) -> &'l [Line] {
        self.place.as_ref().map_or(&[], |(_, region)| &region.crisis)
    }

    /// Support lines of the region, which are not crisis services.
    #[must_use]
    pub fn support(&self) -> &'l [Line] {
        self.place.as_ref().map_or(&[], |(_, region)| &region.support)
    }
}
