//! What is shown of an item, a sitting and its beginning, from the words that are here.

use super::{Mode, Plan};
use crate::administration::{Answer, Sitting};
use crate::cli::context::Context;
use crate::questionnaire::{Item, Questionnaire};
use crate::report::clinician;
use crate::report::{Page, Style};
use crate::terminal::item::View;

/// The page before the first question.
pub(super) fn introduction(context: &Context, plan: &Plan, region: Option<&str>, blanks: bool, keeps: bool) -> Page {
    let words = &context.words;
    let titles: Vec<&str> = plan.questionnaires.iter().map(|(questionnaire, _)| questionnaire.title()).collect();
    let titles = titles.join(", ");
    let minutes: i32 = plan.questionnaires.iter().map(|(questionnaire, _)| questionnaire.minutes()).sum();
    let minutes = words.count("minutes", usize::try_from(minutes).unwrap_or(0), &[]);
    let values = [("titles", titles.as_str()), ("minutes", minutes.as_str())];
    let mut page = Page::titled(words.text("intro-title"));
    match plan.mode {
        Mode::Own => {
            page.text(Style::Plain, words.count("intro-self", plan.questionnaires.len(), &values));
            page.gap();
            page.text(Style::Plain, words.text(if keeps { "intro-kept" } else { "intro-private" }));
        }
        Mode::Interview => page.text(Style::Plain, words.with("intro-interview", &values)),
        Mode::Paper => page.text(Style::Plain, words.with("intro-paper", &values)),
    }
    page.gap();
    if blanks {
        page.text(Style::Plain, words.text("intro-leave"));
        page.gap();
    }
    match region {
        Some(region) => page.text(Style::Plain, words.with("intro-region", &[("region", region)])),
        None => page.text(Style::Plain, words.text("intro-no-region")),
    }
    page.gap();
    for (questionnaire, _) in &plan.questionnaires {
        if let Some(wording) = questionnaire.wording(&context.language) {
            page.text(Style::Quiet, wording.rights_line());
        } else {
            page.text(Style::Plain, words.with("intro-paper-epds", &[("title", questionnaire.title())]));
            page.text(Style::Quiet, questionnaire.rights().citation.clone());
        }
    }
    page
}

/// The page before a sitting goes on: which, begun when, and where it stands.
pub(super) fn going_on(context: &Context, questionnaire: &Questionnaire, answers: &[Answer], day: &str) -> Page {
    let mut page = Page::titled(context.words.text("resume-title"));
    page.text(Style::Strong, unfinished(context, questionnaire, answers, day));
    page.gap();
    page.text(Style::Plain, context.words.text("intro-leave"));
    page
}

/// Title, day and position of an unfinished sitting.
pub(super) fn unfinished(context: &Context, questionnaire: &Questionnaire, answers: &[Answer], day: &str) -> String {
    let sitting = Sitting::resumed(questionnaire, answers);
    let (place, total) = sitting.progress();
    let id = if sitting.item().is_none() { "resume-finish" } else { "resume-line" };
    let values = [("title", questionnaire.title()), ("day", day), ("place", &place.to_string()), ("total", &total.to_string())];
    context.words.with(id, &values)
}

/// What is shown of the item asked now.
pub(super) fn item(context: &Context, sitting: &Sitting<'_>, item: &Item, mode: Mode) -> View {
    let words = &context.words;
    let questionnaire = sitting.questionnaire();
    let (place, total) = sitting.progress();
    let progress = words.with("sitting-progress", &[("place", &place.to_string()), ("total", &total.to_string())]);
    let mut text = Vec::new();
    let options = if let Some(wording) = questionnaire.wording(&context.language) {
        if mode == Mode::Interview {
            text.push((Style::Quiet, words.text("sitting-read-aloud")));
        }
        text.push((Style::Plain, wording.instruction(&item.id).to_owned()));
        text.push((Style::Strong, wording.stem(&item.id).to_owned()));
        item.options.iter().map(|option| wording.option(&item.option_set, &option.id).to_owned()).collect()
    } else {
        let values = [("item", item.id.as_str()), ("topic", item.topic.as_str())];
        text.push((Style::Strong, words.with("sitting-topic", &values)));
        (1..=item.options.len()).map(|place| words.with("sitting-box", &[("box", &place.to_string())])).collect()
    };
    View {
        header: format!("{} · {progress}", questionnaire.title()),
        text,
        options,
        given: sitting.answer(),
        critical: questionnaire.critical(&item.id).is_some(),
    }
}

/// One line for each item that was asked, in order.
pub(super) fn review(context: &Context, sitting: &Sitting<'_>) -> Vec<String> {
    let questionnaire: &Questionnaire = sitting.questionnaire();
    let sheet = sitting.sheet();
    let states = sheet.items(questionnaire);
    let asked: Vec<usize> = sitting.asked().collect();
    let lines = states.enumerate().filter(|(place, _)| asked.contains(place)).map(|(_, (item, state, _))| {
        let answer = clinician::answer(&context.words, questionnaire, item, state, &context.language);
        format!("{} {}: {answer}", item.id, item.topic)
    });
    lines.collect()
}

/// Whether an answer deserves the card at once: endorsed, or declined on a critical item.
pub(super) fn deserves_card(questionnaire: &Questionnaire, item: &Item, answer: Answer) -> bool {
    let Some(critical) = questionnaire.critical(&item.id) else { return false };
    match answer {
        Answer::Chosen(place) => item.options.get(place).is_some_and(|option| critical.endorsed_by.contains(&option.id)),
        Answer::Declined => true,
        Answer::NotReached => false,
    }
}
