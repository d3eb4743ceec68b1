//! Words that name sources, and words of saying.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::WordSet;

const PEOPLE: &str = "
officials sources experts critics analysts observers activists supporters opponents insiders aides advisers advisors diplomats investigators
researchers scientists economists residents neighbors neighbours relatives friends lawmakers commentators historians doctors lawyers scholars
locals witnesses eyewitnesses bystanders skeptics sceptics detractors proponents advocates campaigners pundits strategists operatives employees
executives colleagues academics specialists legislators conservatives liberals progressives republicans democrats protesters demonstrators
rebels militants commanders rivals allies traders investors participants survivors";

const PERSON: &str = "
official source aide adviser advisor diplomat officer employee insider lawmaker executive strategist operative witness resident expert critic
analyst observer investigator staffer colleague friend neighbor neighbour relative donor legislator lobbyist";

const BEFORE_PEOPLE: &str = "
senior top former unnamed unidentified anonymous local state federal city county government military police security intelligence law enforcement
health legal political several some many other two three four five most few various multiple numerous u.s. us diplomatic administration campaign
party company industry opposition human rights independent outside foreign western medical school court union congressional conservative liberal
progressive republican democratic defense defence justice election elections public trade energy policy high-ranking high-level current retired
leading prominent well-placed informed knowledgeable house white senate gop presidential hospital airport fire emergency un u.n. eu nato treasury
pentagon economic financial legal academic constitutional environmental climate privacy consumer gun abortion";

const ORGANISATIONS: &str = "
police ministry department agency government court commission committee council union bank campaign army military university hospital administration
authorities prosecutors company group firm office bureau parliament organization organisation charity manufacturer airline network regulator
sheriff's";

const SAYING: &str = "
said says say told tell tells added adds believe believes believed argue argues argued claim claims claimed warn warns warned insist insists insisted
contend contends contended suggest suggests suggested estimate estimates estimated predict predicts predicted fear fears feared note notes noted
confirmed confirm confirms announced announce announces reported report reports stated state states acknowledged acknowledge acknowledges maintain
maintains maintained alleged allege alleges complained complain complains testified wrote writes explained explain explains recalled recall think
thinks thought expect expected worry worried agree agreed cautioned caution asserted assert counter countered concede conceded disclosed revealed
recounted remarked declared described denied pointed accused";

const DOCUMENTS: &str = "
report reports study studies survey poll polls statement document documents filing filings records complaint indictment affidavit memo memorandum
email emails letter letters data census transcript transcripts lawsuit audit paper article book release figures statistics analysis review dossier
communique communiqué notice decree brief ruling opinion estimates tally";

const FINDING: &str = "
found finds find showed shows show says said say concluded concludes suggests suggested suggest revealed reveals indicates indicated indicate
estimated estimates reported warned states stated noted";

const OUTLETS: &str = "
abc news|abc|al arabiya|al jazeera|al-jazeera|agence france-presse|afp|ansa|associated press|ap|axios|bbc|bbc news|bild|bloomberg|bloomberg news|
boston globe|breitbart|breitbart news|business insider|buzzfeed|buzzfeed news|cbc|cbs|cbs news|chicago tribune|christian science monitor|cnbc|cnn|
corriere della sera|c-span|daily beast|daily caller|daily mail|daily telegraph|der spiegel|deutsche welle|die welt|die zeit|economist|efe|
el mundo|el pais|el país|espn|figaro|financial times|forbes|fortune|fox|fox news|fox business|france 24|frankfurter allgemeine zeitung|globe and mail|
guardian|haaretz|hindu|houston chronicle|huffington post|huffpost|independent|intercept|interfax|itar-tass|jerusalem post|kyodo|kyodo news|la repubblica|
le figaro|le monde|le parisien|los angeles times|mediaite|miami herald|mother jones|msnbc|national public radio|national review|nbc|nbc news|new republic|
new york daily news|new york post|new york times|new yorker|newsweek|npr|nhk|observer|pbs|people's daily|politico|propublica|reuters|ria novosti|
rolling stone|rt|rte|rtl|russia today|san francisco chronicle|sky news|slate|south china morning post|spiegel|sputnik|süddeutsche zeitung|
sunday times|sydney morning herald|tass|telegraph|telesur|the hill|the times|time magazine|times of israel|times of india|toronto star|univision|
upi|usa today|vanity fair|vice news|voice of america|voice of palestine|vox|wafa|wall street journal|washington examiner|washington post|
washington times|weekly standard|wired|xinhua|yahoo news|yonhap|ynet";

const VAGUE: &str = "
social media|reports|media reports|news reports|press reports|local reports|some reports|unconfirmed reports|published reports|wikipedia|the internet|
internet|rumors|rumours|online reports|social networks|social media users|social media posts|chatgpt|ai|facebook|twitter|youtube|instagram|telegram|
tiktok|reddit|agencies|news agencies|wires|media";

static PEOPLE_SET: LazyLock<WordSet> = LazyLock::new(|| PEOPLE.split_whitespace().collect());
static PERSON_SET: LazyLock<WordSet> = LazyLock::new(|| PERSON.split_whitespace().collect());
static BEFORE_SET: LazyLock<WordSet> = LazyLock::new(|| BEFORE_PEOPLE.split_whitespace().collect());
static ORGANISATION_SET: LazyLock<WordSet> = LazyLock::new(|| ORGANISATIONS.split_whitespace().collect());
static SAYING_SET: LazyLock<WordSet> = LazyLock::new(|| SAYING.split_whitespace().collect());
static DOCUMENT_SET: LazyLock<WordSet> = LazyLock::new(|| DOCUMENTS.split_whitespace().collect());
static FINDING_SET: LazyLock<WordSet> = LazyLock::new(|| FINDING.split_whitespace().collect());
static OUTLET_SET: LazyLock<WordSet> = LazyLock::new(|| OUTLETS.split('|').map(str::trim).collect());
static OUTLET_FIRST_WORDS: LazyLock<WordSet> = LazyLock::new(|| first_words_of_outlets().collect());
static VAGUE_SET: LazyLock<WordSet> = LazyLock::new(|| VAGUE.split('|').map(str::trim).collect());
/// By their first words, the longest first.
static VAGUE_NAMES: LazyLock<FxHashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut names: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for name in VAGUE.split('|').map(str::trim) {
        names.entry(name.split(' ').next().unwrap_or_default()).or_default().push(name);
    }
    for names in names.values_mut() {
        names.sort_by_key(|name| std::cmp::Reverse(name.split(' ').count()));
    }
    names
});

/// The words, in lower case, that are the main word of a phrase that names a source; outlets have names of their own.
pub(super) fn openers() -> impl Iterator<Item = &'static str> {
    let lists = [PEOPLE, PERSON, DOCUMENTS, ORGANISATIONS, "people"];
    lists.into_iter().flat_map(str::split_whitespace)
}

/// The first words of vague sources.
pub(super) fn first_words_of_vague() -> impl Iterator<Item = &'static str> {
    VAGUE_NAMES.keys().copied()
}

/// The words by which outlets' names start, without their articles.
pub(super) fn first_words_of_outlets() -> impl Iterator<Item = &'static str> {
    let first = |name: &'static str| name.trim_start_matches("the ").split(' ').next().unwrap_or_default();
    OUTLETS.split('|').map(str::trim).map(first)
}

/// The vague sources whose names start with `word`, the longest first.
pub(super) fn vague_from(word: &str) -> &'static [&'static str] {
    VAGUE_NAMES.get(word).map_or(&[], Vec::as_slice)
}

/// `officials`, `critics`: people in the plural who are often not named. All take words in lower case.
pub(super) fn is_people(word: &str) -> bool {
    PEOPLE_SET.contains(word)
}

/// `official`, `source`: one person who is often not named.
pub(super) fn is_person(word: &str) -> bool {
    PERSON_SET.contains(word)
}

/// `senior`, `Palestinian` has a capital and needs no list: stands before them.
pub(super) fn stands_before_people(word: &str) -> bool {
    BEFORE_SET.contains(word)
}

/// `police`, `ministry`: a body that speaks.
pub(super) fn is_organisation(word: &str) -> bool {
    ORGANISATION_SET.contains(word)
}

/// `said`, `argue`.
pub(super) fn is_saying(word: &str) -> bool {
    SAYING_SET.contains(word)
}

/// `report`, `lawsuit`.
pub(super) fn is_document(word: &str) -> bool {
    DOCUMENT_SET.contains(word)
}

/// `found`, `shows`: what documents do.
pub(super) fn is_finding(word: &str) -> bool {
    FINDING_SET.contains(word)
}

/// `washington post`, without its article.
pub(super) fn is_outlet(name: &str) -> bool {
    OUTLET_SET.contains(name)
}

/// Whether an outlet's name may start with `word`, so that the rest need not be looked at.
pub(super) fn opens_outlet(word: &str) -> bool {
    OUTLET_FIRST_WORDS.contains(word.strip_suffix("'s").unwrap_or(word))
}

/// `social media`, `media reports`: nobody who can be asked.
pub(super) fn is_vague(name: &str) -> bool {
    VAGUE_SET.contains(name)
}
