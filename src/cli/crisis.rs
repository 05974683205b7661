//! `crisis`: who to call. Needs no vault, no passphrase, no settings, and is the first thing that works.

use super::context::Context;
use super::output;
use crate::error::Result;
use crate::report::card;
use crate::safety::Card;

/// Show who to call now
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  periscreen crisis --region US\n  periscreen crisis            with the region from the settings, else what holds everywhere"
)]
pub(super) struct Arguments {
    /// Two letters of your country, for example US, GB, DE
    #[arg(long, value_name = "XX")]
    region: Option<String>,
}

pub(super) fn run(context: &Context, arguments: &Arguments) -> Result<()> {
    let lines = Context::lines()?;
    let region = context.region(arguments.region.as_deref())?;
    let help = Card::new(&lines, region.as_ref(), &context.day());
    output::page(&card::page(&context.words, &help), context.painter)
}
