//! How far facts are checked, in colours: semantic tokens.

use tower_lsp::ls_types::{SemanticToken, SemanticTokenType, SemanticTokens, SemanticTokensLegend};

use super::document::View;
use super::facts;
use crate::story::checkable::FactStatus;
use crate::text::LineIndex;

/// The kinds of tokens, by which themes give colours.
pub fn legend() -> SemanticTokensLegend {
    let token_types = ["factChecked", "factChanged", "factDisputed", "factOpen"].map(SemanticTokenType::new).to_vec();
    SemanticTokensLegend { token_types, token_modifiers: Vec::new() }
}

fn number(status: FactStatus) -> u32 {
    match status {
        FactStatus::Checked => 0,
        FactStatus::Changed => 1,
        FactStatus::Disputed | FactStatus::Wrong | FactStatus::Ask => 2,
        FactStatus::Open => 3,
    }
}

/// The tokens of a story. Facts are inside each other and tokens may not, nor may one run over lines: the narrower fact
/// has its words, and the wider one what is left.
pub fn tokens(view: &View) -> SemanticTokens {
    let source = view.source();
    let mut facts: Vec<(std::ops::Range<usize>, u32)> = Vec::new();
    if facts::is_on(view) {
        for (fact, standing) in view.story().checkup().facts() {
            facts.extend(fact.places.iter().map(|&place| (view.source_of(place), number(standing.status))));
        }
    }
    // The widest first, so that narrower ones are painted over them.
    facts.sort_by_key(|(range, _)| std::cmp::Reverse(range.len()));
    let mut painted: Vec<Option<u32>> = vec![None; source.len()];
    for (range, kind) in facts {
        painted.get_mut(range).into_iter().flatten().for_each(|byte| *byte = Some(kind));
    }
    for (at, byte) in source.bytes().enumerate() {
        if matches!(byte, b'\n' | b'\r') {
            painted[at] = None;
        }
    }
    let lines = LineIndex::new(source);
    let view = view.with_lines(&lines);
    let mut data = Vec::new();
    let (mut line, mut column) = (0, 0);
    let mut start = 0;
    for run in painted.chunk_by(|one, next| one == next) {
        let range = start..start + run.len();
        start = range.end;
        let Some(Some(kind)) = run.first() else { continue };
        let place = view.range(&range);
        let length = place.end.character.saturating_sub(place.start.character);
        let same_line = place.start.line == line;
        data.push(SemanticToken {
            delta_line: place.start.line - line,
            delta_start: if same_line { place.start.character - column } else { place.start.character },
            length,
            token_type: *kind,
            token_modifiers_bitset: 0,
        });
        (line, column) = (place.start.line, place.start.character);
    }
    SemanticTokens { result_id: None, data }
}
