//! Rust files as tokens: every path that is written in them, also inside macros, and where functions begin and end.

use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use walkdir::WalkDir;

/// A path as it is written: its segments, and the room it starts from where it starts with `crate`, `super` or `self`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// Segments; `crate`, `super` and `self` are resolved to `crate` and the module they mean.
    pub(crate) segments: Vec<String>,
    /// Line, from 1.
    pub(crate) line: usize,
}

impl Written {
    /// The path in one text.
    pub(crate) fn text(&self) -> String {
        self.segments.join("::")
    }

    /// The room that a path of this crate leads to.
    pub(crate) fn room(&self) -> Option<&str> {
        let inside = self.segments.first().is_some_and(|first| first == "crate" || first == "periscreen");
        if inside { self.segments.get(1).map(String::as_str) } else { None }
    }
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Rust files below a folder of the repository, each with its path from the root.
pub(crate) fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for entry in WalkDir::new(root().join(folder)).sort_by_file_name() {
        let entry = entry.expect("the folder can be read");
        if entry.path().extension().is_some_and(|extension| extension == "rs") {
            let path = entry.path().strip_prefix(root()).expect("it is below the root").to_owned();
            files.push((path, std::fs::read_to_string(entry.path()).expect("it is UTF-8 text")));
        }
    }
    assert!(!files.is_empty(), "{folder} has no Rust file");
    files
}

/// The modules that lead to a file below `src`: `src/a/b.rs` and `src/a/b/mod.rs` are both `a`, `b`.
pub(crate) fn module(path: &Path) -> Vec<String> {
    let below = path.strip_prefix("src").expect("it is below src").with_extension("");
    let mut names: Vec<String> = below.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    if names.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        names.pop();
    }
    names
}

/// The tokens of a file, which must be Rust.
pub(crate) fn tokens(path: &Path, text: &str) -> TokenStream {
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The same without what is compiled for tests only.
pub(crate) fn without_tests(stream: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut kept = Vec::new();
    let mut place = 0;
    while let Some(token) = tokens.get(place) {
        if is_punct(Some(token), '#') && tokens.get(place + 1).is_some_and(is_for_tests) {
            // The item ends with its first brace group or with a semicolon.
            while let Some(token) = tokens.get(place) {
                place += 1;
                let body = matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
                if body || is_punct(Some(token), ';') {
                    break;
                }
            }
            continue;
        }
        kept.push(match token {
            TokenTree::Group(group) => {
                let mut inner = proc_macro2::Group::new(group.delimiter(), without_tests(group.stream()));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other.clone(),
        });
        place += 1;
    }
    kept.into_iter().collect()
}

fn is_for_tests(token: &TokenTree) -> bool {
    let text: String = token.to_string().split_whitespace().collect();
    text == "[cfg(test)]" || text == "[test]"
}

/// Every path in a stream of tokens, of two segments or more; `here` are the modules that lead to it.
pub(crate) fn paths(stream: TokenStream, here: &[String]) -> Vec<Written> {
    let mut found = Vec::new();
    walk(stream, here, &mut found);
    found
}

fn walk(stream: TokenStream, here: &[String], found: &mut Vec<Written>) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut place = 0;
    while let Some(token) = tokens.get(place) {
        match token {
            TokenTree::Ident(_) if !(place >= 2 && is_colons(&tokens, place - 2)) => {
                if let (TokenTree::Ident(word), Some(TokenTree::Ident(name)), Some(TokenTree::Group(body))) =
                    (token, tokens.get(place + 1), tokens.get(place + 2))
                    && word == "mod"
                {
                    let inside: Vec<String> = here.iter().cloned().chain([name.to_string()]).collect();
                    walk(body.stream(), &inside, found);
                    place += 3;
                    continue;
                }
                path(&tokens, place, &[], here, found);
            }
            TokenTree::Group(group) => walk(group.stream(), here, found),
            _ => {}
        }
        place += 1;
    }
}

/// Reads one path from an identifier on; a group after `::` (in a `use`) makes several of it.
fn path(tokens: &[TokenTree], mut place: usize, before: &[String], here: &[String], found: &mut Vec<Written>) {
    let mut segments = before.to_vec();
    let line = tokens.get(place).map_or(0, |token| token.span().start().line);
    loop {
        match tokens.get(place) {
            Some(TokenTree::Ident(name)) => segments.push(name.to_string()),
            Some(TokenTree::Punct(star)) if star.as_char() == '*' => segments.push("*".to_owned()),
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                for part in inner.split(|token| is_punct(Some(token), ',')).filter(|part| !part.is_empty()) {
                    path(part, 0, &segments, here, found);
                }
                return;
            }
            _ => break,
        }
        if !is_colons(tokens, place + 1) {
            break;
        }
        place += 3;
    }
    if segments.len() > 1 {
        found.push(Written { segments: resolved(segments, here), line });
    }
}

/// `super` and `self` written out from the crate on.
fn resolved(segments: Vec<String>, here: &[String]) -> Vec<String> {
    let ups = segments.iter().take_while(|segment| *segment == "super").count();
    let own = segments.first().is_some_and(|first| first == "self");
    if ups == 0 && !own {
        return segments;
    }
    let from = here.iter().take(here.len().saturating_sub(ups)).cloned();
    ["crate".to_owned()].into_iter().chain(from).chain(segments.into_iter().skip(ups.max(1))).collect()
}

/// Whether the two tokens from here on are `::`.
fn is_colons(tokens: &[TokenTree], place: usize) -> bool {
    is_punct(tokens.get(place), ':') && is_punct(tokens.get(place + 1), ':')
}

pub(crate) fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

/// Calls a function with every run of tokens between brackets, and with the outermost one.
pub(crate) fn every_run(stream: TokenStream, look: &mut dyn FnMut(&[TokenTree])) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    look(&tokens);
    for token in tokens {
        if let TokenTree::Group(group) = token {
            every_run(group.stream(), look);
        }
    }
}
