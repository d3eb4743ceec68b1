//! Linking a story again after an edit of a few paragraphs, at the cost of these and their neighbours.
//!
//! Where paragraphs come or go, as with a line break, whatever is kept by the number of its paragraph is first numbered anew.
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
use super::{DateOrder, Facts, ParagraphEdit, ParagraphFacts, ParagraphShift, Published, Quote, Surroundings};
use super::{claim, figure, organisation, person, photo, place_of, published, quote, source, time};
use crate::prose::Passage;

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
        let ParagraphEdit { document, paragraphs, before, shift } = *edit;
        let (now, edited) = (edit.now(), shift.part());
        self.renumber(&shift);
        self.follow_photos(edit, around)?;
        self.checkup.take();
        let published = published::find(document, around);
        let date = |published: &Option<Published>| published.as_ref().map(|found| (found.date, found.origin));
        if date(&published) != date(&self.published) {
            return None;
        }
        self.published = published;
        let named = self.follow_people(edit)?;
        if organisation::follow(&mut self.organisations, edit).is_none() {
            self.organisations = organisation::link(paragraphs);
        }
        let (times, linked) = (&mut self.times, &mut self.linked_times);
        let timed = time::follow(times, linked, paragraphs, self.published.as_ref(), edited.clone(), before)?;
        let (quotes, linked) = (&mut self.quotes, &mut self.linked_quotes);
        let reach = named.as_ref().map(|named| named.reach);
        let spoken = quote::follow(quotes, linked, paragraphs, &self.people, &shift, reach)?;
        let named_here = !self.linked_quotes.mentions().of_paragraphs(&edited).is_empty();
        let same_quotes = named.is_none()
            && spoken.same
            && edit.of_words().is_some_and(|(prose, before, now)| {
                // Whom a pronoun may mean depends on who is named in one sentence.
                let parted_alike = !named_here || before.paragraph.has_same_sentences(&now.paragraph, &prose);
                before.quotes.has_same_marks(&now.quotes, &prose) && parted_alike
            });
        let unlike = if same_quotes { BTreeSet::new() } else { self.follow_alike(paragraphs, &spoken, named.as_ref()) };
        let part = timed.start.min(spoken.part.start)..timed.end.max(spoken.part.end);
        self.index.splice(shift.part_before(), now.iter().map(|read| ParagraphIndex::of(read)));
        for (number, now) in edited.zip(now) {
            self.word_places.follow(number, now);
            self.lone_names.follow(number, now, self.linked_quotes.mentions().all(), &self.spelling);
        }
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

    /// Numbers the paragraphs anew in all that is kept by these numbers, before it is followed. All there is to be followed is
    /// named here, so that a new kind of fact does not compile before somebody comes and says how.
    fn renumber(&mut self, shift: &ParagraphShift) {
        #[rustfmt::skip]
        let Self {
            times, people, organisations, quotes, figures, sources, claims, alike_quotes, lone_names, names, word_places,
            linked_times, linked_quotes,
            // These have no numbers of paragraphs, or are made anew.
            published: _, date_order: _, checkup: _, index: _, spelling: _, photos: _,
            // These stay: they come from outside.
            house: _, ledger: _, material: _, date_key: _, path_names_issue: _,
        } = self;
        if !shift.renumbers() {
            return;
        }
        let in_sources = sources.iter_mut().flat_map(|source| source.cue.iter_mut().chain([&mut source.passage]));
        let in_people = people.iter_mut().flat_map(|person| &mut person.mentions).map(|mention| &mut mention.passage);
        times
            .iter_mut()
            .map(|time| &mut time.passage)
            .chain(in_people)
            .chain(organisations.iter_mut().flat_map(organisation::places))
            .chain(quotes.iter_mut().flat_map(quote::places))
            .chain(figures.iter_mut().map(|figure| &mut figure.passage))
            .chain(in_sources)
            .chain(claims.iter_mut().map(|claim| &mut claim.passage))
            .chain(lone_names.places())
            .for_each(|place| shift.renumber(place));
        if let Some(alike) = alike_quotes.get_mut() {
            alike.renumber(shift);
        }
        names.renumber(shift);
        word_places.renumber(shift);
        linked_times.renumber(shift);
        linked_quotes.renumber(shift);
    }

    /// Brings the photos up to date. `None` where words about one were edited in a paragraph that is still the same one.
    fn follow_photos(&mut self, edit: &ParagraphEdit, around: &Surroundings) -> Option<()> {
        let speak = edit.before.iter().chain(edit.now()).any(|read| photo::speaks_of_photo(read));
        let Some((_, before, now)) = edit.of_words() else {
            if speak || !self.photos.is_empty() {
                self.photos = photo::link(edit.document, edit.paragraphs, around);
            }
            return Some(());
        };
        // A paragraph that becomes a subheading: photos and pairs of quotes depend on what is copy.
        let has_quotes =
            [before, now].iter().any(|read| !read.quotes.quoted.is_empty() || !read.quotes.strays.is_empty());
        let is_still_copy = before.paragraph.kind == now.paragraph.kind || !has_quotes && self.photos.is_empty();
        (!speak && is_still_copy).then_some(())
    }

    /// Brings the people up to date. When other people are named in the edited paragraph now, gives what depends on that.
    fn follow_people(&mut self, edit: &ParagraphEdit) -> Option<Option<NamedReach>> {
        let paragraphs = edit.paragraphs;
        let renumbered = match person::follow(&mut self.people, &mut self.names, edit)? {
            People::Moved => return Some(None),
            People::Renumbered(renumbered) => renumbered,
        };
        if self.speaks_by_role(paragraphs, renumbered.roles()) {
            return None;
        }
        let linked = &mut self.linked_quotes;
        let reach = quote::renumber(&mut self.quotes, linked, &renumbered, &self.people, &edit.shift.part());
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
