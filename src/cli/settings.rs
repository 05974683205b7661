//! `settings`: what this program remembers about this computer.

use clap::Subcommand;

use super::context::Context;
use super::output;
use crate::error::{Error, Kind, Result};
use crate::safety::Region;

/// Show or change settings
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  periscreen settings               show all\n  periscreen settings region US     numbers of the United States\n  periscreen settings region none   forget the region"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Set the country whose numbers are shown, by its two letters; "none" forgets it
    Region {
        /// Two letters, for example US, GB, DE; or none
        #[arg(value_name = "XX")]
        region: String,
    },
}

pub(super) fn run(context: &mut Context, arguments: &Arguments) -> Result<()> {
    match &arguments.command {
        None => {
            let region = context.settings.region.as_ref().map_or_else(|| context.words.text("region-unknown"), ToString::to_string);
            output::text(&format!("region: {region}\n"))
        }
        Some(Command::Region { region }) => {
            context.settings.region = match region.as_str() {
                "none" => None,
                text => Some(known(text)?),
            };
            context.settings.write()?;
            match &context.settings.region {
                Some(region) => output::note(&context.words.with("settings-region", &[("region", region.as_str())])),
                None => output::note(&context.words.text("settings-no-region")),
            }
        }
    }
}

fn known(text: &str) -> Result<Region> {
    let lines = Context::lines()?;
    let codes: Vec<&str> = lines.regions.keys().map(String::as_str).collect();
    Region::new(text).filter(|region| lines.region(region).is_some()).ok_or_else(|| {
        Error::new(Kind::NotFound, "There is no list of numbers for this region.").next(format!("There is one for: {}.", codes.join(" ")))
    })
}
