//! Linking a story again after an edit inside one paragraph, at the cost of that paragraph and its neighbours.
//!
//! Most keystrokes leave people as they are, so that these only move. Where they do not, people are linked again whose names
//! the edit can touch, and what names them is brought up to date as far as others can be meant. What depends on the order of
//! paragraphs (days, speakers) is linked from the edited paragraph on until it comes out as it was. Where that is not
//! enough, the answer is `None`, and the whole story is linked again; the result is the same.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::paragraph_index::ParagraphIndex;
use super::person::{NOBODY, People};
use super::quote::Speaker;
use super::{DateOrder, Facts, ParagraphFacts, Published, Quote, Surroundings};
use super::{claim, figure, organisation, person, photo, place_of, published, quote, source, time};
use crate::markup::Document;
use crate::prose::Passage;
use crate::text::Shift;

/// An edit inside one paragraph, which left all other paragraphs their kinds, and this one at least a paragraph or a
/// subheading if it was one of these.
#[derive(Clone, Copy, Debug)]
pub struct ParagraphEdit<'e> {
    /// The document, as it is now.
    pub document: &'e Document,
    /// All paragraphs, as they are now.
    pub paragraphs: &'e [Arc<ParagraphFacts>],
    /// The number of the edited one.
    pub number: usize,
    /// The edited one, as it was.
    pub before: &'e ParagraphFacts,
    /// How the bytes of its prose moved.
    pub prose: Shift,
}

/// What an edit changed in the facts.
#[derive(Clone, Debug)]
pub struct Followed {
    /// The paragraphs in which facts may have changed, the edited one among them.
    pub part: Range<usize>,
    /// The quotes are the same ones by the same people; at most they moved.
    pub same_quotes: bool,
    /// The paragraphs whose quotes may be set beside other ones than before, or beside those of others.
    pub unlike: BTreeSet<usize>,
}

/// How far who is named in the edited paragraph now may be felt.
#[derive(Debug)]
struct NamedReach {
    /// The first paragraph behind it whose quotes do not depend on that.
    reach: usize,
    /// Who is called otherwise now.
    renamed: Vec<usize>,
}

impl Facts {
    /// Brings the facts up to date after an edit. `None` when the whole story must be linked again, and the facts are good
    /// for nothing until it is.
    pub(crate) fn follow(&mut self, edit: &ParagraphEdit, around: &Surroundings) -> Option<Followed> {
        let ParagraphEdit { document, paragraphs, number, before, prose, .. } = *edit;
        let now = paragraphs.get(number)?;
        self.is_followed_below();
        if photo::speaks_of_photo(before) || photo::speaks_of_photo(now) {
            return None;
        }
        // A paragraph that becomes a subheading: photos and pairs of quotes depend on what is copy.
        let same_kind = before.paragraph.kind == now.paragraph.kind;
        let has_quotes =
            [before, now].iter().any(|read| !read.quotes.quoted.is_empty() || !read.quotes.strays.is_empty());
        if !same_kind && (has_quotes || !self.photos.is_empty()) {
            return None;
        }
        self.checkup.take();
        let published = published::find(document, around);
        let date = |published: &Option<Published>| published.as_ref().map(|found| (found.date, found.origin));
        if date(&published) != date(&self.published) {
            return None;
        }
        self.published = published;
        let named = self.follow_people(edit)?;
        if organisation::follow(&mut self.organisations, number, &prose).is_none()
            || !same_kind
            || !organisation::is_moved(before, now, &prose)
        {
            self.organisations = organisation::link(paragraphs);
        }
        let (times, linked) = (&mut self.times, &mut self.linked_times);
        let timed = time::follow(times, linked, paragraphs, self.published.as_ref(), number, before)?;
        let (quotes, linked) = (&mut self.quotes, &mut self.linked_quotes);
        let reach = named.as_ref().map(|named| named.reach);
        let spoken = quote::follow(quotes, linked, paragraphs, &self.people, (number, &prose), reach)?;
        // Whom a pronoun may mean depends on who is named in one sentence.
        let parted_alike = self.linked_quotes.mentions().of_paragraphs(&(number..number + 1)).is_empty()
            || before.paragraph.has_same_sentences(&now.paragraph, &prose);
        let same_marks = before.quotes.has_same_marks(&now.quotes, &prose);
        let same_quotes = named.is_none() && spoken.same && same_marks && parted_alike;
        let unlike = if same_quotes { BTreeSet::new() } else { self.follow_alike(paragraphs, &spoken, named.as_ref()) };
        let part = timed.start.min(spoken.part.start)..timed.end.max(spoken.part.end);
        *self.index.get_mut(number)? = ParagraphIndex::of(now);
        self.word_places.follow(number, now);
        self.lone_names.follow(number, now, self.linked_quotes.mentions().all(), &self.spelling);
        let figures = figure::link_part(paragraphs, part.clone());
        replace(&mut self.figures, &part, figures, |figure| figure.passage);
        self.follow_sources(paragraphs, &part);
        if named.is_some() && self.names_nobody() {
            return None;
        }
        let sources = &self.sources[place_of(&self.sources, &part, |source| source.passage)];
        let claims = claim::link_part(paragraphs, part.clone(), sources);
        replace(&mut self.claims, &part, claims, |claim| claim.passage);
        // The order of dates is what all fixes of dates go by.
        (DateOrder::most(&self.times) == self.date_order).then_some(Followed { part, same_quotes, unlike })
    }

    /// Names all there is to be followed, so that a new kind of fact does not compile before somebody comes here and says how.
    fn is_followed_below(&self) {
        #[rustfmt::skip]
        let Self {
            published: _, times: _, date_order: _, people: _, organisations: _, quotes: _, figures: _, sources: _, claims: _,
            alike_quotes: _, checkup: _, index: _, spelling: _, lone_names: _, names: _, word_places: _, linked_times: _,
            linked_quotes: _,
            // These stay: an edit of words about a photo is not followed, and the others come from outside.
            photos: _, house: _, ledger: _, material: _, date_key: _, path_names_issue: _,
        } = self;
    }

    /// Brings the people up to date. When other people are named in the edited paragraph now, gives what depends on that.
    fn follow_people(&mut self, edit: &ParagraphEdit) -> Option<Option<NamedReach>> {
        let ParagraphEdit { paragraphs, number, before, prose, .. } = *edit;
        let renumbered = match person::follow(&mut self.people, &mut self.names, paragraphs, (number, before), &prose)?
        {
            People::Moved => return Some(None),
            People::Renumbered(renumbered) => renumbered,
        };
        if self.speaks_by_role(paragraphs, renumbered.roles()) {
            return None;
        }
        let linked = &mut self.linked_quotes;
        let reach = quote::renumber(&mut self.quotes, linked, &renumbered, &self.people, number);
        let known = self.sources.iter_mut().filter_map(|source| source.person.as_mut());
        known.for_each(|person| *person = renumbered.person(*person));
        let surnames = self.spelling.follow(&renumbered, &self.people);
        self.lone_names.follow_people(&surnames, &self.spelling, paragraphs);
        Some(Some(NamedReach { reach, renamed: renumbered.renamed().to_vec() }))
    }

    /// Whether a quote is said by `the mayor`, for one of these roles.
    fn speaks_by_role(&self, paragraphs: &[Arc<ParagraphFacts>], roles: &[String]) -> bool {
        let text = |speaker: &Speaker| {
            let read = paragraphs.get(speaker.passage.paragraph())?;
            read.paragraph.text.get(speaker.passage.span.range())
        };
        let is_role = |speaker: &Speaker| {
            let role = text(speaker).and_then(quote::role).map(str::to_lowercase);
            role.is_some_and(|role| roles.contains(&role))
        };
        let speakers = || self.quotes.iter().flat_map(|quote| quote.speaker.iter().chain(&quote.guess));
        !roles.is_empty() && speakers().any(is_role)
    }

    /// Whether a quote or source is still somebody's who is no longer there.
    fn names_nobody(&self) -> bool {
        let of_quotes = self.quotes.iter().flat_map(|quote| quote.speaker.iter().chain(&quote.guess));
        let mut of_quotes = of_quotes.flat_map(|speaker| speaker.person.iter().chain(&speaker.candidates));
        let mut of_sources = self.sources.iter().filter_map(|source| source.person.as_ref());
        of_quotes.any(|&person| person == NOBODY) || of_sources.any(|&person| person == NOBODY)
    }

    /// Brings the quotes that are alike up to date, and gives the paragraphs of the later ones for which that may be felt.
    fn follow_alike(
        &mut self,
        paragraphs: &[Arc<ParagraphFacts>],
        spoken: &quote::Followed,
        named: Option<&NamedReach>,
    ) -> BTreeSet<usize> {
        let quotes = &self.quotes;
        let Some(alike) = self.alike_quotes.get_mut() else { return BTreeSet::new() };
        let mut unlike = match &spoken.reworded {
            Some(reworded) => alike.follow(paragraphs, quotes, reworded),
            None => BTreeSet::new(),
        };
        let renamed = named.map(|named| named.renamed.as_slice()).unwrap_or_default();
        let speaks_otherwise = |quote: &Quote| {
            let speaker = quote.speaker.as_ref().and_then(|speaker| speaker.person);
            spoken.part.contains(&quote.passage.paragraph()) || speaker.is_some_and(|person| renamed.contains(&person))
        };
        for alike in alike.pairs() {
            if let (Some(first), Some(second)) = (quotes.get(alike.first), quotes.get(alike.second))
                && (speaks_otherwise(first) || speaks_otherwise(second))
            {
                unlike.insert(second.passage.paragraph());
            }
        }
        unlike
    }

    fn follow_sources(&mut self, paragraphs: &[Arc<ParagraphFacts>], part: &Range<usize>) {
        // A quote behind the part may name its speaker inside it.
        let first = self.quotes.partition_point(|quote| quote.passage.paragraph() < part.start);
        let quotes = self.quotes.iter().skip(first).take_while(|quote| {
            let speaker = quote.speaker.as_ref().map(|speaker| speaker.passage.paragraph());
            quote.passage.paragraph() <= part.end || speaker.is_some_and(|speaker| part.contains(&speaker))
        });
        let mut own: Vec<(usize, Passage)> = self
            .linked_quotes
            .mentions()
            .of_paragraphs(part)
            .iter()
            .map(|&(passage, person)| (person, passage))
            .collect();
        own.sort_unstable();
        let mentions =
            own.iter().filter_map(|&(index, passage)| Some((index, self.people.get(index)?.mention_at(passage)?)));
        let sources = source::link_part(paragraphs, part.clone(), quotes, mentions);
        replace(&mut self.sources, part, sources, |source| source.passage);
    }
}

/// Puts `new` in the place of those facts that are in these paragraphs.
fn replace<T>(facts: &mut Vec<T>, part: &Range<usize>, new: Vec<T>, passage: impl Fn(&T) -> Passage) {
    facts.splice(place_of(facts, part, passage), new);
}
