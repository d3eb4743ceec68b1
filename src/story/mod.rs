//! The facts of a story: who is quoted, who said it, when, who is who, whose photo, which numbers, what needs a source.
//!
//! Each kind of fact has one file (or folder) with its types and these functions:
//!
//! - `read`: what one paragraph says by itself. A pure function of the [`Paragraph`], so its result is cached with it.
//! - `link`: what the paragraphs say together: the speaker named in the next paragraph, the later reference to a person,
//!   the date a weekday stands for. Runs on what `read` found, over the whole story.
//! - `link_part` or `follow`: the same after an edit of some paragraphs, as far as that is felt. Its result is that of `link`.
//!
//! A kind is entered in [`ParagraphFacts`], [`Facts`], [`Story`] and [`FactLists`], in `follow`, and in
//! `report/facts_kinds.rs`, which writes it; whichever is forgotten does not compile.
//!
//! **Who may claim words.** A kind is read after those whose words it must leave alone, and is handed what they found: times
//! before figures, so that a year is none; quotes before sources and claims. The order is that of [`ParagraphFacts::new`], and
//! there is no other rule: no reader looks for the words of a kind that is read later. Where the desk's own kinds overlap, the
//! one with the higher `precedence` has the words (`checkable/kind.rs`): an address before the date, age or figure in it.

pub mod checkable;
pub mod claim;
pub(crate) mod cues;
pub(crate) mod evidence;
mod fact_names;
pub mod figure;
mod follow;
mod house;
mod house_words;
mod library;
pub mod measures;
mod narrative;
pub mod organisation;
pub(crate) mod paragraph_index;
pub mod person;
pub mod photo;
mod places;
pub mod published;
pub mod quote;
mod shift;
pub mod source;
pub mod time;
mod trigger_table;
pub(crate) mod trigger_words;
mod window;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::markup::{BlockKind, Document, Link};
use crate::prose::{Paragraph, Passage};

use checkable::{Checkup, Ledger};
pub use claim::Claim;
pub use fact_names::FactName;
pub use figure::Figure;
pub(crate) use follow::Followed;
pub use house::{House, HousePerson, HousePlace};
pub use house_words::HouseWords;
pub use library::Library;
pub use organisation::Organisation;
pub use person::Person;
pub use photo::{ImageMetadata, Photo};
pub use published::{DateRules, DateSource, Published, PublishedOrigin};
pub use quote::Quote;
pub(crate) use shift::{ParagraphEdit, ParagraphShift};
pub use source::Source;
pub use time::{DateOrder, TimeExpression};
pub use window::Window;

use cues::ParagraphCues;
use paragraph_index::ParagraphIndex;
use person::{LoneNames, Mention, Spelling};
use places::WordPlaces;
use quote::AlikeQuotes;

/// One paragraph with what it says by itself. Cached by the paragraph's kind and text.
#[derive(Debug)]
pub struct ParagraphFacts {
    /// The paragraph.
    pub paragraph: Paragraph,
    /// What is between quotation marks, and the words of saying.
    pub quotes: quote::LocalQuotes,
    /// Time expressions, unresolved.
    pub times: time::LocalTimes,
    /// Names and titles that may be people's.
    pub names: person::LocalNames,
    /// Organisations' full names and acronyms; `None` where there are none, as in most paragraphs.
    organisations: Option<Box<organisation::LocalOrganisations>>,
    /// Numbers with their units.
    pub figures: figure::LocalFigures,
    /// Words that name a source.
    pub sources: source::LocalSources,
    /// Sentences worth checking.
    pub claims: claim::LocalClaims,
    /// Which kinds of fact each of its words may start.
    pub(crate) triggers: trigger_words::TriggerWords,
    /// What story checks worked out from its words.
    pub(crate) cues: ParagraphCues,
}

impl ParagraphFacts {
    /// Reads one paragraph.
    pub fn new(paragraph: Paragraph) -> Self {
        // What is not English has structure, photos and links; no English word is looked for in it.
        let nothing = paragraph.foreign.then(|| Paragraph::new(paragraph.kind, String::new()));
        let words = nothing.as_ref().unwrap_or(&paragraph);
        let triggers = trigger_table::of(words);
        let quotes = quote::read(words);
        let times = time::read(words, &triggers);
        let names = person::read(words, &triggers);
        let organisations = organisation::read(words, &triggers);
        let organisations = (!organisations.is_empty()).then(|| Box::new(organisations));
        let figures = figure::read(words, &triggers, &times);
        let sources = source::read(words, &triggers, &quotes);
        let claims = claim::read(words, &triggers, &quotes, &figures, &times);
        let cues = ParagraphCues::default();
        let mut read =
            Self { paragraph, quotes, times, names, organisations, figures, sources, claims, triggers, cues };
        if !read.paragraph.foreign {
            read.cues = ParagraphCues::of(&read);
        }
        read.shrink();
        read
    }

    /// Organisations' full names and acronyms.
    pub fn organisations(&self) -> &organisation::LocalOrganisations {
        self.organisations.as_deref().unwrap_or(&organisation::NONE)
    }

    /// Gives back what lists have room for and do not need: paragraphs are kept, and a long story has thousands of them.
    fn shrink(&mut self) {
        self.quotes.quoted.shrink_to_fit();
        self.quotes.strays.shrink_to_fit();
        self.times.expressions.shrink_to_fit();
        self.names.names.shrink_to_fit();
        self.names.pronouns.shrink_to_fit();
        self.figures.figures.shrink_to_fit();
        self.sources.sources.shrink_to_fit();
        self.claims.claims.shrink_to_fit();
    }
}

/// What comes with a story from outside: the core reads no files and no clock, so the caller does.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The publication date given by the user (`--date`, a client setting).
    pub date: Option<jiff::civil::Date>,
    /// The publication date by what holds the story: a field of a record beside the copy.
    pub recorded: Option<jiff::civil::Date>,
    /// The story's file name or path, where a date may be.
    pub path: Option<String>,
    /// The day to take when the story names no date: `--today`, or today for a draft in an editor.
    pub today: Option<jiff::civil::Date>,
    /// What the image files say of themselves, by the `src` as written in the story.
    pub images: std::collections::HashMap<String, ImageMetadata>,
    /// Where the publication date may be.
    pub dates: DateRules,
    /// What the newsroom knows.
    pub house: Arc<House>,
    /// What people decided about the story's facts; `None` where there is no ledger.
    pub ledger: Option<Arc<Ledger>>,
    /// What the story was written from, in the order in which it names it.
    pub material: Arc<Library>,
}

/// What the paragraphs of a story say together.
#[derive(Debug, Default)]
pub struct Facts {
    /// The publication date, and where it came from.
    pub published: Option<Published>,
    /// In reading order.
    pub times: Vec<TimeExpression>,
    /// In which order the story writes its dates.
    pub date_order: DateOrder,
    /// In the order of first mention.
    pub people: Vec<Person>,
    /// In the order of first mention.
    pub organisations: Vec<Organisation>,
    /// In reading order; a quote that runs over paragraphs is one entry for each.
    pub quotes: Vec<Quote>,
    /// In reading order.
    pub figures: Vec<Figure>,
    /// In reading order.
    pub photos: Vec<Photo>,
    /// In reading order.
    pub sources: Vec<Source>,
    /// In reading order.
    pub claims: Vec<Claim>,
    /// What the newsroom knows.
    pub house: Arc<House>,
    /// What people decided about the facts; `None` where there is no ledger.
    pub ledger: Option<Arc<Ledger>>,
    /// What the story was written from.
    pub material: Arc<Library>,
    /// The newsroom's own key of the front matter for the publication date.
    pub date_key: Option<String>,
    /// Quotes of much the same words; found when a check asks for them.
    pub(crate) alike_quotes: OnceLock<AlikeQuotes>,
    /// Every fact and where it is; worked out when somebody asks, once for each state of the text.
    checkup: OnceLock<Checkup>,
    /// Each paragraph at a glance.
    index: Vec<ParagraphIndex>,
    /// People whose names are alike.
    pub(crate) spelling: Spelling,
    /// Words with a capital that are nobody's name.
    pub(crate) lone_names: LoneNames,
    names: person::NameIndex,
    /// Where words are that checks asked for.
    word_places: WordPlaces,
    /// The path of the file names the month or season of an issue.
    path_names_issue: bool,
    linked_times: time::LinkedTimes,
    linked_quotes: quote::LinkedQuotes,
}

impl Facts {
    /// Links what the paragraphs say by themselves into one story. `last` are the facts of a text that may be nearly the
    /// same; they save work.
    pub fn link(document: &Document, paragraphs: &[Arc<ParagraphFacts>], around: &Surroundings, last: Self) -> Self {
        let mut linked_times = last.linked_times;
        let published = published::find(document, around);
        let times = time::link(paragraphs, published.as_ref(), &mut linked_times);
        let names = person::NameIndex::new(paragraphs);
        let people = names.link(paragraphs);
        let organisations = organisation::link(paragraphs);
        let (quotes, linked_quotes) = quote::link(paragraphs, &people);
        let figures = figure::link(paragraphs);
        let photos = photo::link(document, paragraphs, around);
        let sources = source::link(paragraphs, &quotes, &people);
        let claims = claim::link(paragraphs, &sources);
        let house = Arc::clone(&around.house);
        let ledger = around.ledger.clone();
        let material = Arc::clone(&around.material);
        let date_key = around.dates.own_key().map(str::to_owned);
        let alike_quotes = OnceLock::new();
        let path_names_issue = around.path.as_deref().is_some_and(published::is_address);
        let date_order = DateOrder::most(&times);
        let index = paragraphs.iter().map(|read| ParagraphIndex::of(read)).collect();
        let spelling = Spelling::index(&people);
        let lone_names = LoneNames::find(paragraphs, linked_quotes.mentions().all(), &spelling);
        Self {
            published,
            times,
            date_order,
            people,
            organisations,
            quotes,
            figures,
            photos,
            sources,
            claims,
            house,
            ledger,
            material,
            date_key,
            alike_quotes,
            checkup: OnceLock::new(),
            index,
            spelling,
            lone_names,
            names,
            word_places: WordPlaces::default(),
            path_names_issue,
            linked_times,
            linked_quotes,
        }
    }
}

/// A story with its facts. Checks that are not declared to need all of it are given a [`Window`].
#[derive(Clone, Copy, Debug)]
pub struct Story<'a> {
    /// The document it was read from.
    pub document: &'a Document,
    /// One for each block of the document, in the same order.
    pub paragraphs: &'a [Arc<ParagraphFacts>],
    /// Each paragraph at a glance.
    pub(crate) index: &'a [ParagraphIndex],
    /// The publication date, and where it came from.
    pub published: Option<&'a Published>,
    /// The path of the file names the month or season of an issue.
    pub(crate) path_names_issue: bool,
    /// In reading order.
    pub times: &'a [TimeExpression],
    /// In which order the story writes its dates.
    pub date_order: DateOrder,
    /// In the order of first mention.
    pub people: &'a [Person],
    /// All mentions of people in reading order, with the index of the person.
    pub(crate) mentions: &'a [(Passage, usize)],
    /// People whose names are alike.
    pub(crate) spelling: &'a Spelling,
    /// Words with a capital that are nobody's name.
    pub(crate) lone_names: &'a LoneNames,
    word_places: &'a WordPlaces,
    /// In the order of first mention.
    pub organisations: &'a [Organisation],
    /// In reading order. A quote that runs over paragraphs is one entry for each.
    pub quotes: &'a [Quote],
    /// In reading order.
    pub figures: &'a [Figure],
    /// In reading order.
    pub photos: &'a [Photo],
    /// In reading order.
    pub sources: &'a [Source],
    /// In reading order.
    pub claims: &'a [Claim],
    /// What the newsroom knows.
    pub house: &'a House,
    /// What people decided about the facts; `None` where there is no ledger.
    pub ledger: Option<&'a Ledger>,
    /// What the story was written from.
    pub material: &'a Library,
    /// The newsroom's own key of the front matter for the publication date.
    pub date_key: Option<&'a str>,
    /// Quotes of much the same words; found when a check asks for them.
    pub(crate) alike_quotes: &'a OnceLock<AlikeQuotes>,
    checkup: &'a OnceLock<Checkup>,
}

/// The facts of a story, a list for each kind: all of them, so that whoever takes it apart forgets none.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "each is the field of the same name of the story")]
pub struct FactLists<'a> {
    pub quotes: &'a [Quote],
    pub times: &'a [TimeExpression],
    pub people: &'a [Person],
    pub figures: &'a [Figure],
    pub photos: &'a [Photo],
    pub organisations: &'a [Organisation],
    pub sources: &'a [Source],
    pub claims: &'a [Claim],
}

impl<'a> Story<'a> {
    /// The whole story.
    pub fn new(document: &'a Document, paragraphs: &'a [Arc<ParagraphFacts>], facts: &'a Facts) -> Self {
        Self {
            document,
            paragraphs,
            published: facts.published.as_ref(),
            path_names_issue: facts.path_names_issue,
            times: &facts.times,
            date_order: facts.date_order,
            people: &facts.people,
            index: &facts.index,
            mentions: facts.linked_quotes.mentions().all(),
            spelling: &facts.spelling,
            lone_names: &facts.lone_names,
            word_places: &facts.word_places,
            organisations: &facts.organisations,
            quotes: &facts.quotes,
            figures: &facts.figures,
            photos: &facts.photos,
            sources: &facts.sources,
            claims: &facts.claims,
            house: &facts.house,
            ledger: facts.ledger.as_deref(),
            material: &facts.material,
            date_key: facts.date_key.as_deref(),
            alike_quotes: &facts.alike_quotes,
            checkup: &facts.checkup,
        }
    }

    /// Every fact of the whole story, and where it is. It is worked out once, however many ask.
    pub fn checkup(&self) -> &'a Checkup {
        self.checkup.get_or_init(|| Checkup::of(self))
    }

    /// All its facts.
    pub fn lists(&self) -> FactLists<'a> {
        #[rustfmt::skip]
        let Self {
            quotes, times, people, figures, photos, organisations, sources, claims,
            // No lists of facts.
            document: _, paragraphs: _, index: _, published: _, date_order: _, mentions: _, spelling: _, lone_names: _,
            path_names_issue: _, word_places: _, house: _, ledger: _, material: _, date_key: _, alike_quotes: _, checkup: _,
        } = *self;
        FactLists { quotes, times, people, figures, photos, organisations, sources, claims }
    }

    /// These paragraphs, as local checks see them.
    pub fn window(self, paragraphs: Range<usize>) -> Window<'a> {
        Window::new(self, paragraphs)
    }

    /// The time expression as it was read, with its parts.
    pub fn expression(&self, time: &TimeExpression) -> Option<&'a time::Expression> {
        self.paragraphs.get(time.passage.paragraph())?.times.expressions.get(time.expression)
    }

    /// Paragraph number `index`.
    pub fn paragraph(&self, index: usize) -> &'a Paragraph {
        &self.paragraphs[index].paragraph
    }

    /// The prose at `passage`.
    pub fn slice(&self, passage: Passage) -> &'a str {
        self.paragraph(passage.paragraph()).slice(passage.span)
    }

    /// Whether the words at `passage` are in the text of a link.
    pub(crate) fn is_in_link(&self, passage: Passage) -> bool {
        self.link_around(passage).is_some()
    }

    /// The link in whose text the words at `passage` are.
    pub(crate) fn link_around(&self, passage: Passage) -> Option<&'a Link> {
        let place = passage.to_source(&self.document.blocks);
        self.document.links.iter().find(|link| link.range.start <= place.start && place.end <= link.range.end)
    }

    /// The mentions of people in paragraph number `index`.
    pub(crate) fn mentions_in(&self, index: usize) -> impl Iterator<Item = (Passage, &'a Mention)> + use<'a> {
        let own = of_paragraphs(self.mentions, &(index..index + 1), |(passage, _)| *passage);
        let people = self.people;
        own.iter().filter_map(move |&(passage, person)| Some((passage, people.get(person)?.mention_at(passage)?)))
    }

    /// The people who are mentioned in paragraph number `index`, by their index, with the places.
    pub(crate) fn people_at(&self, index: usize) -> impl Iterator<Item = (usize, Passage)> + use<'a> {
        let own = of_paragraphs(self.mentions, &(index..index + 1), |(passage, _)| *passage);
        own.iter().map(|&(passage, person)| (person, passage))
    }

    /// The mention of a person at `passage`, with the index of the person.
    pub(crate) fn mention_at(&self, passage: Passage) -> Option<(usize, &'a Mention)> {
        let at = self.mentions.binary_search_by_key(&passage, |(passage, _)| *passage).ok()?;
        let (_, person) = *self.mentions.get(at)?;
        Some((person, self.people.get(person)?.mention_at(passage)?))
    }

    /// The time expressions of paragraph number `index`.
    pub(crate) fn times_in(&self, index: usize) -> &'a [TimeExpression] {
        of_paragraphs(self.times, &(index..index + 1), |time| time.passage)
    }

    /// Whether the paragraphs of these kinds have `least` words or more.
    pub(crate) fn words_at_least(&self, counts: impl Fn(BlockKind) -> bool, least: usize) -> bool {
        let mut words = 0;
        self.index.iter().filter(|entry| counts(entry.kind)).any(|entry| {
            words += entry.words as usize;
            words >= least
        }) || least == 0
    }

    /// The quote that holds the whole of `passage` between its marks, if one does.
    pub fn quote_around(&self, passage: Passage) -> Option<&'a Quote> {
        let own = of_paragraphs(self.quotes, &(passage.paragraph()..passage.paragraph() + 1), |quote| quote.passage);
        own.iter().find(|quote| quote.inner.contains(passage.span))
    }
}

/// Those of `facts`, which are in reading order, that are in these paragraphs.
fn of_paragraphs<'f, T>(facts: &'f [T], paragraphs: &Range<usize>, passage: impl Fn(&T) -> Passage) -> &'f [T] {
    facts.get(place_of(facts, paragraphs, passage)).unwrap_or_default()
}

/// The indexes of those of `facts`, which are in reading order, that are in these paragraphs.
pub(crate) fn place_of<T>(facts: &[T], paragraphs: &Range<usize>, passage: impl Fn(&T) -> Passage) -> Range<usize> {
    let start = facts.partition_point(|fact| passage(fact).paragraph() < paragraphs.start);
    let rest = facts.get(start..).unwrap_or_default();
    start..start + rest.partition_point(|fact| passage(fact).paragraph() < paragraphs.end)
}
