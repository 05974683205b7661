//! What holds for any sheet.

use periscreen::administration::{Answer, Sheet, Sitting};
use periscreen::interpret::{Reading, ScaleReading, Screen};
use periscreen::questionnaire::Questionnaire;
use periscreen::safety::alert::AlertState;
use periscreen::scoring::{OutcomeState, Points, Status};
use proptest::prelude::*;

use crate::made::{all_shipped, the_laws};

/// One answer per item: a place, or a gap. A scored answer behind a closed gate is taken back, as it would be refused.
fn settled(questionnaire: &Questionnaire, raw: &[u8]) -> Vec<Answer> {
    let answer = |(item, raw): (&periscreen::questionnaire::Item, &u8)| match usize::from(*raw) % (item.options.len() + 2) {
        place if place < item.options.len() => Answer::Chosen(place),
        place if place == item.options.len() => Answer::Declined,
        _ => Answer::NotReached,
    };
    let mut answers: Vec<Answer> = questionnaire.items().iter().zip(raw).map(answer).collect();
    while let Err(contradiction) = Sheet::resolve(questionnaire, &answers) {
        let (place, _) = questionnaire.item(contradiction.item.as_str()).expect("it is an item");
        answers[place] = Answer::NotReached;
    }
    answers
}

fn reading<'q>(questionnaire: &'q Questionnaire, answers: &[Answer]) -> Reading<'q> {
    Reading::of(questionnaire, Sheet::resolve(questionnaire, answers).expect("settled"))
}

thread_local! {
    static ALL: Vec<Questionnaire> = all_shipped().into_iter().chain([the_laws()]).collect();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sheet_lies_within_its_bounds_and_they_within_the_range(raw in prop::collection::vec(any::<u8>(), 12)) {
        ALL.with(|all| {
            for questionnaire in all {
                for ScaleReading { scale, score, screens, .. } in &reading(questionnaire, &settled(questionnaire, &raw)).scales {
                    let range = (Points::whole(scale.range.0.into()), Points::whole(scale.range.1.into()));
                    prop_assert!(range.0 <= score.lowest && score.lowest <= score.highest && score.highest <= range.1);
                    let points = score.points.unwrap_or(score.lowest);
                    prop_assert!(score.lowest <= points && points <= score.highest, "{} {}", questionnaire.id(), scale.id);
                    prop_assert_eq!(score.points.is_some(), score.status != Status::Incomplete);
                    prop_assert!(screens.iter().map(|(_, screen)| *screen != Screen::Negative).is_sorted_by(|low, high| low >= high));
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn completing_a_gap_never_leaves_the_earlier_bounds(raw in prop::collection::vec(any::<u8>(), 12), gap in any::<u8>(), with in any::<u8>()) {
        ALL.with(|all| {
            for questionnaire in all {
                let mut answers = settled(questionnaire, &raw);
                let before = reading(questionnaire, &answers);
                let gaps: Vec<usize> = (0..answers.len()).filter(|place| answers[*place] == Answer::NotReached).collect();
                let Some(place) = gaps.get(usize::from(gap) % gaps.len().max(1)) else { continue };
                answers[*place] = Answer::Chosen(usize::from(with) % questionnaire.items()[*place].options.len());
                let Ok(sheet) = Sheet::resolve(questionnaire, &answers) else { continue };
                let after = Reading::of(questionnaire, sheet);
                for (before, after) in before.scales.iter().zip(&after.scales) {
                    prop_assert!(before.score.lowest <= after.score.lowest && after.score.highest <= before.score.highest);
                    for ((_, before), (_, after)) in before.screens.iter().zip(&after.screens) {
                        prop_assert!(before == after || *before == Screen::Indeterminate);
                    }
                }
                for ((_, before), (_, after)) in before.outcomes.iter().zip(&after.outcomes) {
                    prop_assert!(before == after || *before == OutcomeState::Unknown);
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn an_alert_is_endorsed_exactly_by_the_options_that_are_not_the_healthiest(raw in prop::collection::vec(any::<u8>(), 12)) {
        ALL.with(|all| {
            for questionnaire in all {
                let answers = settled(questionnaire, &raw);
                let reading = reading(questionnaire, &answers);
                prop_assert_eq!(reading.alerts.len(), questionnaire.critical_items().len());
                prop_assert!(reading.alerts.is_sorted_by_key(|alert| alert.state));
                for alert in &reading.alerts {
                    let (place, item) = questionnaire.item(alert.item.as_str()).expect("it is an item");
                    let expected = match answers[place] {
                        Answer::Chosen(chosen) if item.options[chosen].id == item.healthiest => AlertState::Denied,
                        Answer::Chosen(_) => AlertState::Endorsed,
                        Answer::Declined | Answer::NotReached => AlertState::Unknown,
                    };
                    prop_assert_eq!(alert.state, expected);
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn going_back_and_forth_ends_in_the_same_sheet_as_direct_entry(
        raw in prop::collection::vec(any::<u8>(), 12),
        walk in prop::collection::vec((0..5_u8, any::<u8>()), 0..40),
    ) {
        ALL.with(|all| {
            for questionnaire in all.iter().filter(|questionnaire| *questionnaire.id() != *"laws") {
                let mut sitting = Sitting::new(questionnaire);
                for (step, with) in &walk {
                    match step {
                        0 => { sitting.back(); }
                        1 => sitting.forward(),
                        2 => sitting.go_to_end(),
                        3 => sitting.go_to(usize::from(*with) % questionnaire.items().len()),
                        _ => if let Some(item) = sitting.item() {
                            let place = usize::from(*with) % (item.options.len() + 1);
                            sitting.give(if place == item.options.len() { Answer::Declined } else { Answer::Chosen(place) });
                        },
                    }
                    let direct = Sheet::resolve(questionnaire, sitting.answers());
                    prop_assert_eq!(Ok(sitting.sheet()), direct, "the sheet is what was given so far");
                }
                while sitting.back() {}
                let wanted = settled(questionnaire, &raw);
                let mut direct = vec![Answer::NotReached; wanted.len()];
                while let Some(item) = sitting.item() {
                    let (place, _) = questionnaire.item(item.id.as_str()).expect("it is an item");
                    direct[place] = wanted[place];
                    sitting.give(wanted[place]);
                }
                prop_assert_eq!(Ok(sitting.sheet()), Sheet::resolve(questionnaire, &direct));
                prop_assert_eq!(sitting.answers(), direct.as_slice());
            }
            Ok(())
        })?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_outcome_with_up_to_six_gaps_says_what_all_completions_say(
        given in prop::collection::vec(0..4_usize, 9),
        gaps in prop::collection::btree_set(0..9_usize, 0..=6),
    ) {
        let phq = ALL.with(|all| all.iter().find(|questionnaire| *questionnaire.id() == *"phq-9").cloned()).expect("it ships");
        let mut answers: Vec<Answer> = given.into_iter().map(Answer::Chosen).collect();
        for gap in &gaps {
            answers[*gap] = Answer::NotReached;
        }
        let found = reading(&phq, &answers).outcomes[0].1;
        let (mut met, mut not_met) = (false, false);
        for mut number in 0..4_usize.pow(u32::try_from(gaps.len()).expect("six at most")) {
            for gap in &gaps {
                answers[*gap] = Answer::Chosen(number % 4);
                number /= 4;
            }
            match reading(&phq, &answers).outcomes[0].1 {
                OutcomeState::Met => met = true,
                OutcomeState::NotMet => not_met = true,
                OutcomeState::Unknown => panic!("nothing is missing"),
            }
        }
        let expected = match (met, not_met) {
            (true, false) => OutcomeState::Met,
            (false, true) => OutcomeState::NotMet,
            _ => OutcomeState::Unknown,
        };
        prop_assert_eq!(found, expected);
    }
}
