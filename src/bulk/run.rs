//! One pass over a file: read a row, score it, write it.

use std::io::{Read, Write};

use csv::{ByteRecord, ReaderBuilder, WriterBuilder};

use super::coding::MissingCodes;
use super::{Coding, columns};
use crate::administration::{Answer, Sheet};
use crate::interpret::Reading;
use crate::questionnaire::text::visible;
use crate::questionnaire::{Questionnaire, Wording};
use crate::safety::alert::{AlertState, of_kind};

/// What to do with a file.
#[derive(Debug)]
pub struct Plan<'q> {
    /// The questionnaire of every row.
    pub questionnaire: &'q Questionnaire,
    /// Its words, by which labels are recognised.
    pub wording: Option<&'q Wording>,
    /// How cells name options.
    pub coding: Coding,
    /// Which cells hold no option.
    pub codes: MissingCodes,
    /// Column names in item order; found by name if `None`.
    pub columns: Option<Vec<String>>,
}

/// What a run counted.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Rows scored.
    pub rows: u64,
    /// Rows with an endorsed alert.
    pub endorsed: u64,
    /// Rows with no endorsed alert and an unknown one.
    pub unknown: u64,
}

/// Why a run stopped.
#[derive(Debug)]
pub enum BadRow {
    /// The input is wrong; where and why, safe to print, without the cell.
    Data(String),
    /// The input cannot be read.
    Read(std::io::Error),
    /// The output cannot be written.
    Write(std::io::Error),
}

impl Plan<'_> {
    /// Scores every row. `progress` is told the number of rows done, now and then.
    ///
    /// # Errors
    ///
    /// The first bad header, row or cell; or a failed read or write.
    pub fn run(&self, input: impl Read, output: impl Write, mut progress: impl FnMut(u64)) -> Result<Counts, BadRow> {
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).buffer_capacity(1 << 16).from_reader(input);
        let mut writer = WriterBuilder::new().flexible(true).buffer_capacity(1 << 16).from_writer(output);
        let mut record = ByteRecord::new();
        if !reader.read_byte_record(&mut record).map_err(|error| read_error(error, 0))? {
            return Err(BadRow::Data("The file is empty; its first row names the columns.".to_owned()));
        }
        let header: Vec<String> = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        let columns =
            columns::find(self.questionnaire, &header, self.columns.as_deref()).map_err(|reason| BadRow::Data(visible(&reason)))?;
        let added = columns::added(self.questionnaire);
        if let Some(twice) = added.iter().find(|name| header.iter().any(|column| column.eq_ignore_ascii_case(name))) {
            return Err(BadRow::Data(format!("The file already has a column \"{twice}\".")));
        }
        for name in &added {
            record.push_field(name.as_bytes());
        }
        writer.write_byte_record(&record).map_err(write_error)?;
        let mut counts = Counts::default();
        let mut answers = Vec::new();
        while reader.read_byte_record(&mut record).map_err(|error| read_error(error, counts.rows + 1))? {
            let row = counts.rows + 1;
            if record.len() != header.len() {
                let reason = format!("Row {row} has {} cells; the header has {}.", record.len(), header.len());
                return Err(BadRow::Data(reason));
            }
            self.answers(&record, &columns, &header, row, &mut answers)?;
            let sheet = Sheet::resolve(self.questionnaire, &answers).map_err(|contradiction| {
                BadRow::Data(format!(
                    "Row {row}: item {} is answered, but the answers before it say that it is not asked.",
                    contradiction.item
                ))
            })?;
            self.push(&Reading::of(self.questionnaire, sheet), &mut record, &mut counts);
            writer.write_byte_record(&record).map_err(write_error)?;
            counts.rows = row;
            if row % 65_536 == 0 {
                progress(row);
            }
        }
        writer.flush().map_err(BadRow::Write)?;
        Ok(counts)
    }

    fn answers(
        &self,
        record: &ByteRecord,
        columns: &columns::Columns,
        header: &[String],
        row: u64,
        answers: &mut Vec<Answer>,
    ) -> Result<(), BadRow> {
        answers.clear();
        for (item, column) in self.questionnaire.items().iter().zip(columns) {
            let Some(column) = *column else {
                answers.push(Answer::NotReached);
                continue;
            };
            let cell = record.get(column).unwrap_or_default();
            let answer = std::str::from_utf8(cell)
                .map_err(|_| "this is not UTF-8 text".to_owned())
                .and_then(|cell| self.coding.answer(item, self.wording, &self.codes, cell));
            answers.push(answer.map_err(|reason| {
                let name = header.get(column).map(|name| visible(name)).unwrap_or_default();
                BadRow::Data(format!("Row {row}, column \"{name}\" (item {}): {reason}.", item.id))
            })?);
        }
        Ok(())
    }

    fn push(&self, reading: &Reading<'_>, record: &mut ByteRecord, counts: &mut Counts) {
        for scale in &reading.scales {
            let points = scale.score.points.map(number).unwrap_or_default();
            record.push_field(points.as_bytes());
            record.push_field(scale.score.status.as_str().as_bytes());
            record.push_field(number(scale.score.lowest).as_bytes());
            record.push_field(number(scale.score.highest).as_bytes());
            record.push_field(scale.band.map_or("", |band| band.id.as_str()).as_bytes());
            for (_, screen) in &scale.screens {
                record.push_field(screen.as_str().as_bytes());
            }
        }
        for (_, state) in &reading.outcomes {
            record.push_field(state.as_str().as_bytes());
        }
        for kind in self.questionnaire.alert_kinds() {
            record.push_field(of_kind(&reading.alerts, kind).map_or("", AlertState::as_str).as_bytes());
        }
        match reading.alert() {
            Some(AlertState::Endorsed) => counts.endorsed += 1,
            Some(AlertState::Unknown) => counts.unknown += 1,
            Some(AlertState::Denied) | None => {}
        }
    }
}

/// A number as machines read it: whole, or the shortest text of the nearest double.
fn number(points: crate::scoring::Points) -> String {
    points.as_whole().map_or_else(|| points.as_f64().to_string(), |whole| whole.to_string())
}

fn read_error(error: csv::Error, row: u64) -> BadRow {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => BadRow::Read(error),
        _ => BadRow::Data(format!("Row {row} cannot be read as CSV.")),
    }
}

fn write_error(error: csv::Error) -> BadRow {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => BadRow::Write(error),
        _ => BadRow::Write(std::io::Error::other("a row could not be written")),
    }
}
