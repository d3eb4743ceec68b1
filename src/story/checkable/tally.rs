//! How many facts of each kind are where: what stands between a story and print.

use std::collections::BTreeMap;

use super::{Checkup, FactKind, FactStatus};
use crate::text::counted;

/// Facts of a story by where they stand and what they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    counts: BTreeMap<(FactStatus, FactKind), usize>,
}

/// The states of facts that need somebody, in the order in which they are told.
const PENDING: [FactStatus; 5] =
    [FactStatus::Changed, FactStatus::Wrong, FactStatus::Disputed, FactStatus::Ask, FactStatus::Open];

impl Tally {
    /// Counts the facts of `checkup` whose kinds count.
    pub fn of(checkup: &Checkup, counts: impl Fn(FactKind) -> bool) -> Self {
        let mut tally = Self::default();
        for (fact, standing) in checkup.facts().filter(|(fact, _)| counts(fact.kind)) {
            *tally.counts.entry((standing.status, fact.kind)).or_default() += 1;
        }
        tally
    }

    /// How many facts there are.
    pub fn total(&self) -> usize {
        self.counts.values().sum()
    }

    /// How many facts are so.
    pub fn count(&self, status: FactStatus) -> usize {
        self.of_status(status).iter().map(|(_, count)| count).sum()
    }

    /// How many facts of each kind are so, the most frequent kind first.
    pub fn of_status(&self, status: FactStatus) -> Vec<(FactKind, usize)> {
        let own = self.counts.iter().filter(|((of, _), _)| *of == status);
        let mut own: Vec<(FactKind, usize)> = own.map(|(&(_, kind), &count)| (kind, count)).collect();
        own.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        own
    }

    /// The states in which facts are that need somebody.
    pub fn pending(&self) -> impl Iterator<Item = FactStatus> {
        PENDING.into_iter().filter(|&status| self.count(status) > 0)
    }

    /// In words: `8 of 22 facts checked. 2 changed: 1 figure, 1 date or time. 12 open: 7 quotes, 5 names.`
    pub fn summary(&self) -> String {
        let mut summary =
            format!("{} of {} checked.", self.count(FactStatus::Checked), counted(self.total(), "fact", "facts"));
        for status in self.pending() {
            let of_status = self.of_status(status);
            let kinds: Vec<String> =
                of_status.iter().map(|&(kind, count)| counted(count, kind.described(), &kind.plural())).collect();
            summary.push_str(&format!(" {} {}: {}.", self.count(status), status.described(), kinds.join(", ")));
        }
        summary
    }
}
