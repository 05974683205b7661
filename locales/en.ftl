# Words of the program itself, in English. Calm, second person, short, no blame.
# Safety texts (marked [review]) have not yet been read by a clinician.

language = en

## Notices
notice = Screening result, not a diagnosis.
not-verified = This questionnaire comes from your own folder; nobody at periscreen has checked it.

## Crisis card [review]
card-title = Help now
card-danger = In danger now, or close to harming yourself or your baby
card-crisis = To talk with someone now
card-support = Support in pregnancy and after birth
card-not-crisis = a support line, not a crisis line
card-no-crisis = We could not confirm a crisis line for { $region }. To look for one (needs internet): findahelpline.com
card-unlisted = There is no list for { $region } in this program yet. This is what holds everywhere:
card-no-answer = If nobody answers, go to the nearest emergency department, or ask someone to stay with you.
card-dated = These numbers come from published sources; the newest is of { $date }. Numbers can change.
card-verified = Checked by a person on { $date }.
card-old = This list is old. The numbers may have changed; the emergency number is the safest.
card-region-hint = For the numbers of your country: periscreen crisis --region XX (for example US, GB, DE)
card-offline = This program is offline. It has told no one.
card-call = Call { $number }
card-text = Text { $number }
card-text-word = Text { $word } to { $number }
card-whatsapp = WhatsApp { $number }
card-chat = Chat { $url }
card-web = Web { $url }

alert-self-harm-endorsed = Thank you for saying that thoughts of harming yourself, or of not being alive, have come up. Many people have such thoughts in a hard time, and they can pass with help. You do not have to carry this alone.
alert-self-harm-unknown = You left the question about thoughts of harming yourself open. That is your choice. If such thoughts are there, these people are there for you.
alert-self-harm-acute-endorsed = Thank you for saying how it is right now. Please talk with someone at once. You do not have to carry this alone.
alert-self-harm-acute-unknown = You left the question about right now open. That is your choice. If it is hard right now, these people are there for you.
alert-harm-to-baby-endorsed = Thank you for saying that thoughts of harm to your baby have come up. Such thoughts are more common than people say, and having them does not mean that you will act on them. It is right to talk about them with someone who knows this.
alert-harm-to-baby-unknown = You left the question about thoughts of harm to your baby open. That is your choice. If such thoughts are there, you can talk about them.
alert-interview-endorsed = Item { $item } is endorsed: { $kind }. Talk with the person about safety before this contact ends.
alert-interview-unknown = Item { $item } is not answered: { $kind }. Ask in person; not answered is not a no.
kind-self-harm = thoughts of self-harm or suicide
kind-self-harm-acute = thoughts of self-harm or suicide right now
kind-harm-to-baby = thoughts of harm to the baby

## When to seek help now, on every result page [review]
help-now = Seek help now, day or night, if you might harm yourself or your baby. Seek it too if you hear or see things that others do not, or feel very confused. And seek it if thoughts race and you hardly sleep yet feel full of energy. After a birth this can get worse quickly, and it is treatable.
help-now-source = Source: Royal College of Psychiatrists, Postpartum psychosis (2018); Action on Postpartum Psychosis, app-network.org.

## The person's page [review]
person-title = What your answers say
person-thanks = Thank you for taking this time for yourself.
person-below = Your answers about { $topic } are below the point where we would suggest a further conversation. This does not rule anything out.
person-below-alert = Your answers about { $topic } as a whole are below the usual point for a further conversation. What you said about safety matters more than any sum, and is reason enough to talk with someone today.
person-above = Your answers about { $topic } suggest that you may be having a harder time than usual. Many people do around pregnancy and birth. It deserves a proper conversation with a midwife, doctor or nurse soon, and help works.
person-open = Some questions about { $topic } were left open, so your answers cannot say where you stand. That is fine; a conversation can.
person-no-cut-off = Your answers about { $topic } are here. No published point says when a further conversation helps, so we draw no line.
person-not-title = What this does not say
person-not = This is a screening result, not a diagnosis. A few questions cannot know your life, and nothing here is a judgement of you as a parent.
person-next-title = One next step
person-next-below = If things change, or if you would simply like to talk, tell your midwife, doctor or nurse. You can take this check again whenever you like.
person-next-above = Choose one person you trust, such as your midwife, doctor or nurse, and tell them that you took this check and how you have been. You may show them this page.
person-next-alert = Tell one person today: someone close to you, your midwife or doctor, or one of the lines on this page. You can say: "I am having thoughts that frighten me, and I need help."
person-call-title = Who to call
person-now-title = When to seek help now
person-numbers-title = The numbers
person-number-positive = { $at_least } or more is where a conversation with a professional is suggested. Your score is there.
person-number-negative = { $at_least } or more is where a conversation with a professional is suggested. Your score is below.
person-number-indeterminate = { $at_least } or more is where a conversation with a professional is suggested. Open questions decide on which side you are.
person-kept = Nothing was kept on this computer.

## The clinician's page
clinician-title = { $title }: result
clinician-alerts = Alerts
clinician-alert-endorsed = Item { $item }, { $kind }: ENDORSED
clinician-alert-unknown = Item { $item }, { $kind }: NOT ANSWERED, ask in person
clinician-alert-denied = Item { $item }, { $kind }: denied. This does not exclude risk.
clinician-alert-action = { $action } ({ $source })
clinician-scores = Scores
clinician-complete = { $title }: { $points } points (range { $lowest } to { $highest })
clinician-prorated = { $title }: { $points } points, an estimate by the published rule (range { $lowest } to { $highest }; { $known } of { $items } items answered; { $from } to { $to } possible)
clinician-incomplete = { $title }: no score, { $known } of { $items } items answered; { $from } to { $to } points possible
clinician-exploratory = Exploratory: the evidence for this subscale is thin.
clinician-band = Published band: { $band } ({ $source })
clinician-positive = At or above { $at_least }: positive
clinician-negative = Below { $at_least }: negative
clinician-indeterminate = { $at_least } or more: indeterminate, missing answers decide
clinician-default = (default)
clinician-for = For { $finds }; { $context } ({ $source })
clinician-accuracy = sensitivity { $sensitivity }, specificity { $specificity }
clinician-default-reason = Why this default: { $reason }
clinician-change = A change of { $points } points or more is larger than measurement error ({ $source }).
clinician-outcomes = Other published rules
clinician-outcome-met = { $title }: met ({ $source })
clinician-outcome-not-met = { $title }: not met ({ $source })
clinician-outcome-unknown = { $title }: unknown, missing answers decide ({ $source })
clinician-next = Published next step
clinician-next-step = { $text } ({ $source })
clinician-next-none = No next step is published in this program's sources. Follow your local pathway.
clinician-repeat = Repeat in { $from } to { $to } weeks.
clinician-answers = Answers
clinician-about = About this result
clinician-edition = { $title }; edition: { $edition }
clinician-mode = Mode: { $mode }; filled in on { $day }; recall period: { $recall }
clinician-sheet = Scored on { $day } from a sheet; mode and day of the sheet are not known here; recall period: { $recall }
clinician-recall-days = { $days } days
clinician-recall-now = now
clinician-hash = Definition: { $hash }
clinician-sources = Sources
answer-declined = preferred not to answer
answer-not-reached = not answered
answer-not-applicable = not asked (not applicable)
answer-box = box { $box } of { $boxes } from the top
mode-self = self
mode-handover = hand-over
mode-interview = interview
mode-paper = paper form

## The sitting
sitting-progress = { $place } of { $total }
sitting-topic = Item { $item } on the form: { $topic }
sitting-box = Box { $box } from the top
sitting-read-aloud = Read aloud:
sitting-decline = Prefer not to answer
sitting-keys = letter or ↑ ↓ Enter · ← back · x prefer not · q stop · Ctrl-Q leave · ? help
sitting-keys-short = a-{ $last } · ← back · x no answer · ? help
sitting-more-below = more below: Space or ↓
sitting-not-shown = Scroll down first, so that you have seen every answer.
sitting-confirm-decline = This question is about safety. To leave it open, press x once more; to answer it, choose a letter.
sitting-unknown-key = That key does nothing here. ? shows what does.
sitting-help-title = Keys
sitting-help = Letters, or arrows and Enter, choose an answer. Left arrow or Backspace goes back. x: prefer not to answer. q: stop; Ctrl-Q: leave at once, with a blank screen. Nothing is scored until you have finished. There are no right answers.
sitting-stop = Stop here? Your answers so far are kept only if there is a vault. y: stop; any other key: go on.
sitting-continue = Enter: go on
sitting-review-title = Your answers
sitting-review = Enter on a line changes it.
sitting-finish = Finish: these are my answers
sitting-review-keys = ↑ ↓ choose · Enter · q stop
intro-title = Before you start
intro-self = { $count ->
    [one] This is a short check: { $titles }, about { $minutes }.
   *[other] These are { $count } short checks: { $titles }, about { $minutes } together.
}
intro-private = This program sends your answers to no one. Nothing is written down unless you ask for it.
intro-kept = This program sends your answers to no one. There is a vault on this computer, so your answers are kept there, encrypted, also when you stop in the middle.
intro-leave = You can stop at any time. Ctrl-Q leaves at once and blanks the screen; it cannot hide that the program was run.
intro-interview = { $titles }: read each question and its answers aloud as they stand. Say first that some questions are about safety, and who will see the answers.
intro-paper = { $titles }: type in the form. Press the letter of the ticked box, counted from the top: a is the first box.
intro-paper-epds = The words of { $title } are not in this program; use your printed form.
intro-region = Numbers to call: { $region }.
intro-no-region = No country is chosen, so the numbers to call will be general ones.
intro-start = Enter: start
page-more = ↑ ↓ scroll · Enter: more
list-keys = ↑ ↓ or a letter · Enter · Esc back · Ctrl-Q leave
page-keys = ↑ ↓ scroll · Enter: go on
page-keys-numbers = ↑ ↓ scroll · n numbers · Enter: go on
leave-keys = ↑ ↓ scroll · Enter: close and blank the screen

## Plain mode
plain-start = Plain mode: one line, one answer. Type the letter of your answer. x: prefer not to answer. <: back. q: stop. ?: repeat.
plain-scrollback = Plain mode cannot clear what your screen has scrolled. Clear or close the window afterwards.
plain-prompt = Your answer (a to { $last }, x, <, q):
plain-hint = Type one letter from a to { $last }; x for prefer not to answer; < to go back; q to stop.
plain-accept = That was the last question. An empty line accepts; < goes back.
plain-numbers = Type n and Enter to see the numbers, or only Enter to end.

## Region
region-prompt = Which country are you in? It selects the numbers to call.
region-skip = Not listed, or rather not say
region-unknown = not set
region-plain = Which country are you in? Type its two letters (for example US, GB, DE), or only Enter to skip.

## Wording that is not here
no-wording-what = The words of { $title } are not in this program: their terms do not allow it, or are not known.
no-wording-paper = With the printed form in your hand: periscreen take { $id } --mode paper
no-wording-instead = Free to use at once, on screen: periscreen take phq-9 gad-7

settings-region = The numbers of { $region } are shown from now on.
settings-no-region = The region is forgotten.

## Menu
menu-title = periscreen: a quiet check on how you are, around pregnancy and birth
menu-take = Take a check
menu-help = Help now
menu-about = What this is
menu-leave = Leave
menu-which = Which check would you like?
menu-back = Back
list-paper = printed form only
about-title = What this is
about-1 = periscreen asks the questions of published questionnaires, adds them up as published, and shows who to call. It works without a network and tells no one.
about-2 = It does not give a diagnosis and does not replace a conversation with a midwife, doctor or nurse. It is not a certified medical device.
about-3 = Nothing is written on this computer unless you ask for it.

minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
items = { $count ->
    [one] 1 item
   *[other] { $count } items
}
help-keys = ↑ ↓ scroll · c: choose your country · Enter: back

## The vault
vault-passphrase = Passphrase
vault-new-passphrase = New passphrase
vault-again = The same passphrase again
vault-differ = The two are not the same. Please type them again.
vault-advice = Choose a passphrase of several words that only you would put together. Nobody can restore it.
vault-weak = This passphrase could be guessed by somebody who has the file. Four or more unrelated words are better; you can change it with: periscreen vault passphrase
vault-fair = This passphrase holds against casual guessing.
vault-strong = This passphrase is strong.
vault-created = The vault is ready: { $folder }
vault-passphrase-changed = The passphrase is changed. Copies made before still open with the old one.
vault-destroy = Erase everything that is kept, for good?
vault-destroyed = Everything that was kept is erased. Backups made elsewhere are not touched.
vault-foreign = The folder holds other files, which stayed.
vault-waiting = Some entries could not be taken in yet and are missing from this list. They are safe; make room or try again later.
vault-quarantined = { $count ->
    [one] 1 entry could not be opened and was put aside. See: periscreen vault verify
   *[other] { $count } entries could not be opened and were put aside. See: periscreen vault verify
}
recovery-show = Your recovery code opens the vault if you forget the passphrase. Write it down on paper now; it is shown only once:
recovery-check = To be sure that it is written down, type two of its nine groups. Only Enter: no recovery code.
recovery-ask = Group { $group }
recovery-without = Go on without a recovery code?
recovery-differs = That is not what the code says there. Please look again.
recovery-kept = The recovery code counts from now on.
recovery-none = There is no recovery code. Without the passphrase nobody can open the vault.
recovery-prompt = Recovery code
list-empty = Nothing is kept yet.
list-alert-endorsed = ALERT { $day } { $title }: { $kind }, ENDORSED. Record { $id }
list-alert-unknown = { $day } { $title }: { $kind }, not answered: ask in person. Record { $id }
list-drafts = { $count ->
    [one] 1 sitting is unfinished: periscreen resume
   *[other] { $count } sittings are unfinished: periscreen resume
}
list-bad-drafts = { $count ->
    [one] 1 unfinished sitting cannot be opened. See: periscreen vault verify
   *[other] { $count } unfinished sittings cannot be opened. See: periscreen vault verify
}
show-record = Record { $id }, entered { $entered }
show-amended = { $count ->
    [one] Put right once; what was kept before is still in the vault.
   *[other] Put right { $count } times; what was kept before is still in the vault.
}
show-void-wrong-sheet = VOID: another sheet was meant.
show-void-wrong-day = VOID: it was filled in on another day.
show-void-wrong-person = VOID: it is about somebody else.
show-changed = The definition of this questionnaire has changed since, or is not here. This is the result as it was kept; nothing was scored anew.
change-amended = Put right. What was kept before stays in the vault.
change-voided = Marked as not counting. It stays in the vault.
change-deleted = Erased.
change-not-compacted = The file could not be rewritten now; traces stay in it, sealed, until the next time something is erased.
change-delete = Erase { $title } of { $day } for good?
keep-about = It is sealed with a passphrase that you choose next. Without that, nobody can read it here. It stays until you erase it.
keep-ask = Keep this result, encrypted, on this computer?
keep-done = Kept, encrypted.
keep-failed = It could not be kept: { $reason }
keep-again = Try again? Otherwise it is not kept.
keep-draft = Your answers so far are kept, encrypted. To go on later: periscreen resume
resume-title = Going on
resume-none = No sitting is unfinished.
resume-which = Which one would you like to go on with?
resume-line = { $title }, begun { $day }, question { $place } of { $total }
resume-finish = { $title }, begun { $day }, all answered
menu-earlier = See earlier results
menu-passphrase = Change the passphrase
menu-erase = Erase everything
menu-resume = Go on with an unfinished check
trend-title = Your earlier results
trend-none = There is nothing to show yet.
trend-line = { $count ->
    [one] { $title }: once, on { $from }
   *[other] { $title }: { $count } times, from { $from } to { $to }
}
trend-higher = The last result is higher than the one before, by more than chance alone would explain.
trend-lower = The last result is lower than the one before, by more than chance alone would explain.
trend-same = The last result is about the same as the one before.
trend-no-rule = No published rule says how large a change would matter.
trend-unknown = The last two cannot be compared, because some questions were left open.
trend-legend = Each bar is one result, oldest first; a taller bar is a higher score, a dot has no score.
trend-not = These are screening results, not a diagnosis.
