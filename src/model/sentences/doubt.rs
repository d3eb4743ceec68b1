//! Where the nearest words would rather have another word.

use super::forms::{Agreed, Doubt, NEAR};
use super::{DOUBT, Encoded, NONE, Sentences, WordNumber};

impl Sentences {
    /// What the nearest words ask for at place `at`, where they would rather have another word there.
    pub(super) fn doubt(
        &self,
        encoded: &Encoded,
        at: usize,
        (token, output): (usize, WordNumber),
        agreed: &Agreed,
    ) -> Option<Doubt> {
        let (taken, mistaken) = (self.taken_for(output), self.mistaken.of(output));
        if taken.is_empty() && mistaken.is_empty() {
            return None;
        }
        let near = self.near(encoded, at);
        let written = self.score(&near, output);
        let is_doubtful =
            self.told_from(output).any(|(other, limit)| self.score(&near, other) > written + limit - DOUBT)
                || mistaken.iter().any(|(other, bar)| bar.is_near(self.score(&near, *other) - written));
        let forms = taken.iter().filter(|&&other| other != NONE && self.score(&near, other) - written > NEAR);
        let forms: Vec<(WordNumber, f32)> =
            forms.filter_map(|&other| Some((other, agreed.bar(token, self.word(other))?))).collect();
        (is_doubtful || !forms.is_empty()).then_some(Doubt { near, forms })
    }
}
