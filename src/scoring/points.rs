//! Exact points: whole for sums, a fraction for means and prorated scores. No rounding happens before something is shown.

use std::cmp::Ordering;
use std::fmt;

use serde::{Serialize, Serializer};

/// Points as an exact fraction in lowest terms; the denominator is at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points {
    numerator: i64,
    denominator: i64,
}

impl Points {
    /// Whole points.
    #[must_use]
    pub fn whole(points: i64) -> Self {
        Self { numerator: points, denominator: 1 }
    }

    /// A fraction in lowest terms; a denominator below 1 counts as 1, which no caller passes.
    #[must_use]
    pub fn fraction(numerator: i64, denominator: i64) -> Self {
        let denominator = denominator.max(1);
        let divisor = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
        let divisor = i64::try_from(divisor).unwrap_or(1).max(1);
        Self { numerator: numerator / divisor, denominator: denominator / divisor }
    }

    /// Whether the points are at or above a whole threshold.
    #[must_use]
    pub fn at_least(self, threshold: i32) -> bool {
        i128::from(self.numerator) >= i128::from(threshold) * i128::from(self.denominator)
    }

    /// The whole points, unless they are a fraction.
    #[must_use]
    pub fn as_whole(self) -> Option<i64> {
        (self.denominator == 1).then_some(self.numerator)
    }

    /// The double nearest to the exact value.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "both parts are far below 2^53, so the quotient is correctly rounded")]
    pub fn as_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

fn greatest_common_divisor(left: u64, right: u64) -> u64 {
    if right == 0 { left } else { greatest_common_divisor(right, left % right) }
}

impl PartialOrd for Points {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Points {
    fn cmp(&self, other: &Self) -> Ordering {
        (i128::from(self.numerator) * i128::from(other.denominator)).cmp(&(i128::from(other.numerator) * i128::from(self.denominator)))
    }
}

/// For people: whole, or with one decimal.
impl fmt::Display for Points {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_whole() {
            Some(whole) => write!(out, "{whole}"),
            None => write!(out, "{:.1}", self.as_f64()),
        }
    }
}

/// For machines: a whole number, or the nearest double.
impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.as_whole() {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(self.as_f64()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Points;

    #[test]
    fn a_fraction_is_kept_in_lowest_terms() {
        assert_eq!(Points::fraction(90, 9), Points::whole(10));
        assert_eq!(Points::fraction(100, 9).as_whole(), None);
        assert_eq!(Points::fraction(100, 9).to_string(), "11.1");
        assert_eq!(Points::fraction(-6, 4), Points::fraction(-3, 2));
    }

    #[test]
    fn at_least_includes_the_threshold_itself() {
        assert!(Points::whole(10).at_least(10));
        assert!(!Points::fraction(89, 9).at_least(10));
        assert!(Points::fraction(91, 9).at_least(10));
        assert!(Points::whole(-1).at_least(-1));
    }

    #[test]
    fn fractions_are_ordered_exactly() {
        assert!(Points::fraction(1, 3) < Points::fraction(34, 100));
        assert!(Points::fraction(2, 3) > Points::fraction(1, 3));
        assert_eq!(Points::fraction(2, 6).cmp(&Points::fraction(1, 3)), std::cmp::Ordering::Equal);
    }

    #[test]
    fn machines_read_whole_numbers_or_the_nearest_double() {
        assert_eq!(serde_json::to_string(&Points::whole(12)).ok().as_deref(), Some("12"));
        assert_eq!(serde_json::to_string(&Points::fraction(100, 9)).ok().as_deref(), Some("11.11111111111111"));
    }
}
