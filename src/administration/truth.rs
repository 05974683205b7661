//! Three truth values (Kleene): what is not answered is unknown, never false.

/// True, false, or not known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// Certainly so.
    True,
    /// Certainly not so.
    False,
    /// Depends on what is not known.
    Unknown,
}

impl Truth {
    /// Says that at least `wanted` of the parts hold; unknown only where the others do not decide.
    #[must_use]
    pub fn at_least(wanted: usize, parts: impl Iterator<Item = Truth>) -> Self {
        let (mut sure, mut possible) = (0, 0);
        for part in parts {
            sure += usize::from(part == Self::True);
            possible += usize::from(part != Self::False);
        }
        if sure >= wanted {
            Self::True
        } else if possible < wanted {
            Self::False
        } else {
            Self::Unknown
        }
    }
}

impl From<bool> for Truth {
    fn from(sure: bool) -> Self {
        if sure { Self::True } else { Self::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, False, True, Unknown};

    #[test]
    fn unknown_disappears_only_where_the_others_decide() {
        let count = |wanted, parts: &[Truth]| Truth::at_least(wanted, parts.iter().copied());
        assert_eq!(count(1, &[Unknown, True]), True);
        assert_eq!(count(1, &[Unknown, False]), Unknown);
        assert_eq!(count(2, &[Unknown, False]), False);
        assert_eq!(count(2, &[Unknown, True]), Unknown);
        assert_eq!(count(2, &[Unknown, True, True]), True);
        assert_eq!(count(3, &[Unknown, Unknown, True, False]), Unknown);
        assert_eq!(count(4, &[Unknown, Unknown, True, False]), False);
    }
}
