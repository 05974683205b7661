//! The rules, each a function from a file to complaints, so that each can be shown to fail.

use std::path::Path;

use proc_macro2::TokenTree;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::source::{every_run, is_punct, module, paths, tokens, without_tests};

/// Names that say nothing.
const EMPTY_NAMES: [&str; 8] = ["util", "utils", "helper", "helpers", "manager", "common", "misc", "managers"];

/// Rooms in which a number above this would be a clinical one.
const SMALL: f64 = 3.0;

/// The room of a file: the first module below `src`; `main` and `lib` for the two roots.
fn room(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    module(path).into_iter().next().unwrap_or(stem)
}

/// Paths to rooms that a room may not know. Tests inside a room keep to its arrows too.
pub(crate) fn arrows(table: &[(&str, &[&str])], path: &Path, text: &str) -> Vec<String> {
    let room = room(path);
    let stream = tokens(path, text);
    let known = |name: &str| table.iter().find(|(room, _)| *room == name).map(|(_, known)| *known);
    let mut complaints = Vec::new();
    if room == "lib" {
        let file: syn::File = syn::parse2(stream.clone()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for item in file.items {
            if let syn::Item::Mod(item) = item
                && known(&item.ident.to_string()).is_none()
            {
                complaints.push(format!("{}: the table of arrows does not know the room {}", path.display(), item.ident));
            }
        }
    } else if known(&room).is_none() {
        complaints.push(format!("{}: the table of arrows does not know the room {room}", path.display()));
    }
    let allowed = known(&room).unwrap_or_default();
    for written in paths(stream, &module(path)) {
        let Some(to) = written.room() else { continue };
        let deep = format!("{to}::{}", written.segments.get(2).map_or("", String::as_str));
        if to != room && !allowed.contains(&to) && !allowed.contains(&deep.as_str()) {
            complaints.push(format!("{}:{}: {room} may not know {}", path.display(), written.line, written.text()));
        }
    }
    complaints
}

/// Paths to what lies outside the program, in rooms that get it as an argument. Tests may do more.
pub(crate) fn outside(table: &[(&str, &[&str])], path: &Path, text: &str) -> Vec<String> {
    let room = room(path);
    let mut complaints = Vec::new();
    for written in paths(without_tests(tokens(path, text)), &module(path)) {
        let whole = written.text();
        let touched = table.iter().find(|(outside, _)| whole == *outside || whole.starts_with(&format!("{outside}::")));
        if let Some((outside, _)) = touched.filter(|(_, rooms)| !rooms.contains(&room.as_str())) {
            complaints.push(format!("{}:{}: {room} may not touch {outside}", path.display(), written.line));
        }
    }
    complaints
}

/// Functions of more lines than allowed, from `fn` to the closing brace.
pub(crate) fn long_functions(allowed: usize, path: &Path, text: &str) -> Vec<String> {
    struct Lengths(Vec<(String, usize, usize)>);
    impl Lengths {
        fn take(&mut self, signature: &syn::Signature, block: &syn::Block) {
            let first = signature.span().start().line;
            self.0.push((signature.ident.to_string(), first, block.brace_token.span.close().end().line + 1 - first));
        }
    }
    impl<'a> Visit<'a> for Lengths {
        fn visit_item_fn(&mut self, item: &'a syn::ItemFn) {
            self.take(&item.sig, &item.block);
            visit::visit_item_fn(self, item);
        }
        fn visit_impl_item_fn(&mut self, item: &'a syn::ImplItemFn) {
            self.take(&item.sig, &item.block);
            visit::visit_impl_item_fn(self, item);
        }
        fn visit_trait_item_fn(&mut self, item: &'a syn::TraitItemFn) {
            if let Some(block) = &item.default {
                self.take(&item.sig, block);
            }
            visit::visit_trait_item_fn(self, item);
        }
    }
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut lengths = Lengths(Vec::new());
    lengths.visit_file(&file);
    let long = lengths.0.into_iter().filter(|(_, _, lines)| *lines > allowed);
    long.map(|(name, first, lines)| format!("{}:{first}: {name} has {lines} lines, {allowed} are allowed", path.display())).collect()
}

/// Files, folders and modules whose name says nothing.
pub(crate) fn empty_names(path: &Path, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for part in path.with_extension("").components() {
        let name = part.as_os_str().to_string_lossy().to_lowercase();
        if EMPTY_NAMES.contains(&name.as_str()) {
            complaints.push(format!("{}: {name} says nothing", path.display()));
        }
    }
    every_run(tokens(path, text), &mut |run| {
        for pair in run.windows(2) {
            if let [TokenTree::Ident(word), TokenTree::Ident(name)] = pair
                && word == "mod"
                && EMPTY_NAMES.contains(&name.to_string().as_str())
            {
                complaints.push(format!("{}: mod {name} says nothing", path.display()));
            }
        }
    });
    complaints
}

/// `unsafe`, the network, other programs, printing past the commands, and panics by `unwrap` and `expect` outside tests.
pub(crate) fn bans(path: &Path, text: &str) -> Vec<String> {
    let stream = without_tests(tokens(path, text));
    let mut complaints = Vec::new();
    for written in paths(stream.clone(), &module(path)) {
        let whole = written.text();
        let network = whole == "std::net" || whole.starts_with("std::net::");
        let program = whole.ends_with("Command::new") || whole.starts_with("std::process::Command");
        if network || program {
            complaints.push(format!("{}:{}: {whole} is banned", path.display(), written.line));
        }
    }
    let in_sandbox = room(path) == "sandbox";
    every_run(stream, &mut |run| {
        for (place, token) in run.iter().enumerate() {
            let TokenTree::Ident(name) = token else { continue };
            let name = name.to_string();
            let prints = ["print", "println", "eprint", "eprintln", "dbg"].contains(&name.as_str()) && is_punct(run.get(place + 1), '!');
            let called = matches!(run.get(place + 1), Some(TokenTree::Group(_))) && place > 0 && is_punct(run.get(place - 1), '.');
            let panics = ["unwrap", "expect"].contains(&name.as_str()) && called;
            if prints || panics || (name == "unsafe" && !in_sandbox) {
                complaints.push(format!("{}:{}: {name} is banned", path.display(), token.span().start().line));
            }
        }
    });
    complaints
}

/// Numbers with a clinical meaning stand in a JSON file with their source. In the rooms that score and interpret no number above 3
/// stands at all; a report compares with none.
pub(crate) fn clinical_numbers(path: &Path, text: &str) -> Vec<String> {
    let stream = without_tests(tokens(path, text));
    let mut numbers = Vec::new();
    match room(path).as_str() {
        "scoring" | "safety" | "interpret" => every_run(stream, &mut |run| {
            numbers.extend(run.iter().filter_map(|token| match token {
                TokenTree::Literal(literal) => large(&syn::parse_str(&literal.to_string()).ok()?).map(|text| (text, literal.span())),
                _ => None,
            }));
        }),
        "report" => {
            let file: syn::File = syn::parse2(stream).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let mut compared = Compared(Vec::new());
            compared.visit_file(&file);
            numbers = compared.0;
        }
        _ => {}
    }
    let told = |(text, span): (String, proc_macro2::Span)| {
        format!("{}:{}: the number {text} belongs in a JSON file", path.display(), span.start().line)
    };
    numbers.into_iter().map(told).collect()
}

/// The text of a number above [`SMALL`].
fn large(literal: &syn::Lit) -> Option<String> {
    let digits = match literal {
        syn::Lit::Int(int) => int.base10_digits(),
        syn::Lit::Float(float) => float.base10_digits(),
        _ => return None,
    };
    let value: f64 = digits.parse().ok()?;
    (value > SMALL).then(|| digits.to_owned())
}

/// Numbers that something is compared with: by an operator, a pattern, a range or a method that compares.
struct Compared(Vec<(String, proc_macro2::Span)>);

impl Compared {
    fn take(&mut self, expression: &syn::Expr) {
        if let syn::Expr::Lit(literal) = expression {
            self.0.extend(large(&literal.lit).map(|text| (text, literal.span())));
        }
    }
}

impl<'a> Visit<'a> for Compared {
    fn visit_expr_binary(&mut self, expression: &'a syn::ExprBinary) {
        use syn::BinOp::{Eq, Ge, Gt, Le, Lt, Ne};
        if matches!(expression.op, Eq(_) | Ne(_) | Lt(_) | Le(_) | Gt(_) | Ge(_)) {
            self.take(&expression.left);
            self.take(&expression.right);
        }
        visit::visit_expr_binary(self, expression);
    }

    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        if ["at_least", "lt", "le", "gt", "ge", "eq", "ne", "cmp", "partial_cmp"].contains(&call.method.to_string().as_str()) {
            call.args.iter().for_each(|argument| self.take(argument));
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_pat(&mut self, pattern: &'a syn::Pat) {
        if let syn::Pat::Lit(literal) = pattern {
            self.0.extend(large(&literal.lit).map(|text| (text, literal.span())));
        }
        visit::visit_pat(self, pattern);
    }

    /// A range counts once, by its first number above 3.
    fn visit_expr_range(&mut self, range: &'a syn::ExprRange) {
        let before = self.0.len();
        range.start.iter().chain(&range.end).for_each(|end| self.take(end));
        self.0.truncate(before + 1);
        visit::visit_expr_range(self, range);
    }
}
