//! A newsroom's settings and rules on disk, for the command line and the language server.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::analysis::{Analyzer, examples};
use crate::config::{self, Config, EDITOR, FILE_NAME, InForce, Layer, Origin, PreferredRules, Sourced};
use crate::files::{self, NotUtf8};
use crate::ledgers;
use crate::rules::{PACKS, RuleFile, RuleProblem, RuleSet, pack_names};
use crate::settings::Settings;
use crate::story::{HouseWords, Surroundings};
use crate::text::LineIndex;

/// The folder of a newsroom's own rules, beside its settings.
pub const OWN_RULES: &str = ".copydesk/rules";

/// The folder of the words that a newsroom adds to lists, beside its rules.
pub const OWN_LEXICON: &str = ".copydesk/lexicon";

pub use crate::rules::OWN_PACK;

/// Bytes of a file of settings or rules that are read; ten thousand rules have three million.
const LARGEST_SETTINGS: u64 = 8 << 20;

/// Settings and rules for the stories below one folder.
#[derive(Debug)]
pub struct Project {
    /// The folder that holds `copydesk.toml` or `.copydesk`; `None` where there is neither.
    pub root: Option<PathBuf>,
    /// The file of settings, which need not exist; `None` where there is no folder for it.
    pub file: Option<PathBuf>,
    /// The settings.
    pub config: Config,
    /// The rules of its packs and its own.
    pub rules: Arc<RuleSet>,
    /// What is wrong with its files.
    pub problems: Vec<RuleProblem>,
    /// Examples of its own rules that do not hold.
    pub wrong_examples: Vec<RuleProblem>,
    /// The files that `extends` names, and the folders of rules beside them; those, too, are to be watched.
    pub extended: Vec<PathBuf>,
}

impl Project {
    /// The settings for the story at `path`.
    pub fn settings(&self, path: &Path) -> Settings {
        self.config.settings(&self.relative(path), &self.rules)
    }

    /// What is in force for the story at `path`, and where it came from.
    pub fn in_force(&self, path: &Path) -> InForce {
        self.config.in_force(&self.relative(path))
    }

    /// Adds what the newsroom knows to what comes with the story at `path` from outside.
    pub fn surround(&self, path: &Path, around: &mut Surroundings) {
        (around.house, around.dates) = self.config.house(&self.relative(path));
    }

    /// Where the ledger of the story at `path` is: beside it, or in the folder that the settings name.
    pub fn ledger_of(&self, path: &Path) -> PathBuf {
        let (Some(folder), Some(root)) = (self.config.ledgers(), &self.root) else { return ledgers::path_of(path) };
        match self.relative(path) {
            relative if relative.is_relative() => ledgers::path_of(&root.join(folder.value.trim()).join(relative)),
            // A story that lies elsewhere keeps its own.
            _ => ledgers::path_of(path),
        }
    }

    /// The path from the folder of the settings, by which overrides name stories.
    fn relative(&self, path: &Path) -> PathBuf {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.root.as_deref().and_then(|root| absolute.strip_prefix(root).ok()).unwrap_or(path).to_owned()
    }
}

/// Where settings and rules come from, when not from the folders of the stories.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProjectOptions {
    /// Use this file of settings, and look for no other.
    pub config: Option<PathBuf>,
    /// Use no settings and no rules of the newsroom's own.
    pub no_config: bool,
    /// Use these rule packs, whatever the settings say.
    pub packs: Option<Sourced<Vec<String>>>,
}

/// What a user prefers to the newsroom's settings, in the editor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preferences {
    /// The rule packs in use; empty for those of the settings.
    pub packs: Vec<String>,
    /// Severities of rules.
    pub rules: PreferredRules,
}

/// Texts of settings and rule files as they are in an editor, which has not saved them yet, by the paths of the files
/// without links.
pub type Unsaved = HashMap<PathBuf, String>;

/// The projects of a run: each folder's is looked for once.
#[derive(Debug)]
pub struct Projects {
    options: ProjectOptions,
    preferences: Preferences,
    /// Read instead of what is on disk.
    unsaved: Arc<Unsaved>,
    by_folder: HashMap<PathBuf, Option<PathBuf>>,
    by_root: HashMap<Option<PathBuf>, Arc<Project>>,
}

impl Projects {
    /// No project yet.
    pub fn new(options: ProjectOptions) -> Self {
        let (preferences, unsaved) = Default::default();
        Self { options, preferences, unsaved, by_folder: HashMap::new(), by_root: HashMap::new() }
    }

    /// The same projects, read again with these texts instead of what is on disk.
    pub fn with_unsaved(&self, unsaved: Unsaved) -> Self {
        let (options, preferences, unsaved) = (self.options.clone(), self.preferences.clone(), Arc::new(unsaved));
        let mut projects = Self { unsaved, preferences, ..Self::new(options) };
        self.by_root.keys().for_each(|root| drop(projects.of_root(root.clone())));
        projects
    }

    /// What is read instead of what is on disk.
    pub fn unsaved(&self) -> &Arc<Unsaved> {
        &self.unsaved
    }

    /// Reads these texts instead of what is on disk from now on.
    pub fn read_unsaved(&mut self, unsaved: Arc<Unsaved>) {
        if self.unsaved != unsaved {
            self.unsaved = unsaved;
            self.forget();
        }
    }

    /// The text of one of their files; empty for one that cannot be read or is no UTF-8.
    pub fn text(&self, file: &Path) -> String {
        text_of(file, &self.unsaved).unwrap_or_default()
    }

    /// The project of the stories in `folder`.
    pub fn of_folder(&mut self, folder: &Path) -> Arc<Project> {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let root = if self.options.no_config {
            None
        } else if let Some(file) = &self.options.config {
            let file = std::path::absolute(file).unwrap_or_else(|_| file.clone());
            file.parent().map(Path::to_owned)
        } else {
            self.by_folder.entry(folder.clone()).or_insert_with(|| find_root(&folder)).clone()
        };
        self.of_root(root)
    }

    fn of_root(&mut self, root: Option<PathBuf>) -> Arc<Project> {
        let Self { options, preferences, unsaved, .. } = self;
        let open = || Arc::new(open(root.clone(), options, preferences, unsaved));
        Arc::clone(self.by_root.entry(root.clone()).or_insert_with(open))
    }

    /// All projects that were used.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Project>> {
        self.by_root.values()
    }

    /// Reads projects by these preferences from now on.
    pub fn prefer(&mut self, preferences: &Preferences) {
        if self.preferences != *preferences {
            self.preferences = preferences.clone();
            self.forget();
        }
    }

    /// Forgets what was read, so that it is read again.
    pub fn forget(&mut self) {
        self.by_folder.clear();
        self.by_root.clear();
    }

    /// What is wrong with the files of all projects that were used.
    pub fn problems(&self) -> Vec<&RuleProblem> {
        let all = self.by_root.values().flat_map(|project| project.problems.iter().chain(&project.wrong_examples));
        let mut problems: Vec<_> = all.collect();
        problems.sort_by_key(|p| (&p.file, p.line, p.column));
        problems
    }
}

/// The nearest folder at or above `folder` with settings or rules.
fn find_root(folder: &Path) -> Option<PathBuf> {
    let has_own = |folder: &Path| [OWN_RULES, OWN_LEXICON].iter().any(|own| folder.join(own).is_dir());
    let holds = |folder: &&Path| folder.join(FILE_NAME).is_file() || has_own(folder);
    folder.ancestors().find(holds).map(Path::to_owned)
}

fn open(root: Option<PathBuf>, options: &ProjectOptions, preferences: &Preferences, unsaved: &Unsaved) -> Project {
    let mut problems = Vec::new();
    let file = options.config.clone().or_else(|| root.as_ref().map(|root| root.join(FILE_NAME)));
    let text = file.as_deref().and_then(|file| read(file, unsaved, options.config.is_some(), &mut problems));
    let mut config = Config::standard();
    let mut extended = ExtendedFiles { unsaved, layers: Vec::new(), rules: Vec::new(), files: Vec::new(), count: 0 };
    if let (Some(file), Some(text)) = (&file, &text) {
        let name = shown(file);
        let (parsed, mistakes) = Config::parse(&name, text);
        config = parsed;
        problems.extend(mistakes);
        let mut open = vec![canonical(file)];
        extended.gather(config.extended(), file, text, &mut open, &mut problems);
        config.build_upon(std::mem::take(&mut extended.layers));
    }
    if let Some(root) = &root {
        config.build_upon(own_lexicon(&root.join(OWN_LEXICON), unsaved, &mut problems));
    }
    let words = house_words(&config, unsaved, &mut extended.files, &mut problems);
    config.know_words(words);
    // What is said on the command line wins over what the editor says.
    if let Some(packs) = &options.packs {
        config.use_packs(chosen_packs(packs.clone(), &mut problems));
    } else if !preferences.packs.is_empty() {
        let origin = Origin::CommandLine(EDITOR);
        config.use_packs(chosen_packs(Sourced { value: preferences.packs.clone(), origin }, &mut problems));
    }
    config.prefer(&preferences.rules);
    let mut own = extended.rules;
    if let Some(root) = &root {
        own.extend(own_files(&root.join(OWN_RULES), unsaved, &mut problems));
    }
    let packs = config.packs().value;
    let inside = PACKS.iter().filter(|file| packs.iter().any(|pack| pack == file.pack));
    let own = own.iter().map(|(name, text)| RuleFile { name, text });
    let loaded = crate::checks::load(inside, own);
    problems.extend(loaded.problems);
    problems.extend(config.unknown_rules(&loaded.rules));
    let in_the_editor = |message| RuleProblem { file: EDITOR.to_owned(), line: 1, column: 1, message };
    problems.extend(config.unknown_preferred(&loaded.rules).map(in_the_editor));
    // Examples are of the rules as they are written, whatever params the settings give them.
    let mut rules = Arc::new(loaded.rules);
    let wrong_examples = wrong_examples(&rules);
    if let Some(rules) = Arc::get_mut(&mut rules) {
        problems.extend(config.set_params(rules));
    }
    Project { root, file, config, rules, problems, wrong_examples, extended: extended.files }
}

/// The examples of the newsroom's own rules that do not hold.
fn wrong_examples(rules: &Arc<RuleSet>) -> Vec<RuleProblem> {
    let mut analyzer = Analyzer::new(Arc::clone(rules));
    let mut problems = Vec::new();
    for rule in rules.rules.iter().filter(|rule| rule.pack == OWN_PACK) {
        for (number, example) in rule.examples.iter().enumerate() {
            let Err(why) = examples::run(&mut analyzer, rule, example) else { continue };
            let why: Vec<&str> = why.lines().map(str::trim).collect();
            let message = format!("example {} of `{}` does not hold: {}", number + 1, rule.id, why.join("; "));
            problems.push(RuleProblem { file: rule.file.to_string(), line: rule.line, column: 1, message });
        }
    }
    problems
}

/// What the files say that `extends` names.
struct ExtendedFiles<'u> {
    unsaved: &'u Unsaved,
    /// Lowest first.
    layers: Vec<Layer>,
    /// Name and text of each file of rules beside them.
    rules: Vec<(String, String)>,
    files: Vec<PathBuf>,
    /// How many were read.
    count: usize,
}

/// So many files are read by `extends`: a file that names another twice, and so on, would be read a million times.
const MOST_EXTENDED: usize = 64;

impl ExtendedFiles<'_> {
    /// Gathers what `names` stand for, which the file `from` with this `text` extends. `open` holds the files that are
    /// being read, so that none waits for itself.
    fn gather(
        &mut self,
        names: &[config::Extended],
        from: &Path,
        text: &str,
        open: &mut Vec<PathBuf>,
        problems: &mut Vec<RuleProblem>,
    ) {
        let lines = LineIndex::new(text);
        let packs = pack_names();
        for extended in names.iter().filter(|extended| !packs.contains(&extended.name.as_str())) {
            let mut complain = |message: String| {
                let at = lines.line_column(extended.at.start, text);
                problems.push(RuleProblem { file: shown(from), line: at.line, column: at.column, message });
            };
            let mut path = from.parent().unwrap_or(Path::new("")).join(&extended.name);
            let folder = path.is_dir();
            if folder {
                self.files.push(path.join(OWN_RULES));
                path.push(FILE_NAME);
            }
            let known = canonical(&path);
            if open.contains(&known) {
                complain(format!("`{}` extends this file, so neither can come first", extended.name));
                continue;
            }
            if self.count == MOST_EXTENDED {
                complain(format!(
                    "`{}` is left out: {MOST_EXTENDED} files are read by `extends`, counting each as often as it is named",
                    extended.name
                ));
                return;
            }
            self.count += 1;
            self.files.push(known.clone());
            let below = match text_of(&path, self.unsaved) {
                Ok(below) => below,
                // A folder may hold rules alone.
                Err(_) if folder && path.with_file_name(OWN_RULES).is_dir() => String::new(),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    complain(format!(
                        "there is no file or folder with settings `{}`, and no such pack; choose from {}",
                        extended.name,
                        packs.join(", ")
                    ));
                    continue;
                }
                Err(error) => {
                    complain(format!("`{}`: {}", extended.name, files::why(&error)));
                    continue;
                }
            };
            let (layer, mistakes) = Config::parse_extended(&shown(&path), &below);
            problems.extend(mistakes);
            open.push(known);
            self.gather(&layer.extends, &path, &below, open, problems);
            open.pop();
            if folder {
                self.rules.extend(own_files(&path.with_file_name(OWN_RULES), self.unsaved, problems));
                self.layers.extend(own_lexicon(&path.with_file_name(OWN_LEXICON), self.unsaved, problems));
            }
            self.layers.push(layer);
        }
    }
}

/// The words of the house, from the files that its settings name. These, too, are watched.
fn house_words(
    config: &Config,
    unsaved: &Unsaved,
    files: &mut Vec<PathBuf>,
    problems: &mut Vec<RuleProblem>,
) -> HouseWords {
    let mut texts = Vec::new();
    for (layer, named) in config.dictionaries() {
        let path = Path::new(&*layer.file).parent().unwrap_or(Path::new("")).join(&named.value);
        files.push(canonical(&path));
        match text_of(&path, unsaved) {
            Ok(text) => texts.push(text),
            Err(error) => {
                let line = match &named.origin {
                    Origin::File { line, .. } => *line,
                    _ => 0,
                };
                let message = format!("the dictionary `{}`: {}", named.value, files::why(&error));
                problems.push(RuleProblem { file: layer.file.to_string(), line, column: 1, message });
            }
        }
    }
    HouseWords::read(texts.iter().map(String::as_str))
}

/// The text of `file`, as the editor or else the disk has it.
fn text_of(file: &Path, unsaved: &Unsaved) -> std::io::Result<String> {
    if let Some(text) = unsaved.get(&canonical(file)) {
        return Ok(text.clone());
    }
    let not_utf8 = |error: NotUtf8| std::io::Error::new(std::io::ErrorKind::InvalidData, error.message);
    read_settings(file).and_then(|bytes| files::decode(bytes).map_err(not_utf8))
}

/// The path without links; as it is for a file that is not there.
pub fn canonical(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Those of the chosen packs that there are.
fn chosen_packs(packs: Sourced<Vec<String>>, problems: &mut Vec<RuleProblem>) -> Sourced<Vec<String>> {
    let known = pack_names();
    let Sourced { value, origin } = packs;
    let (good, bad): (Vec<_>, Vec<_>) = value.into_iter().partition(|pack| known.contains(&pack.as_str()));
    for pack in bad {
        let message = format!("there is no pack `{pack}`; choose from {}", known.join(", "));
        problems.push(RuleProblem { file: origin.to_string(), line: 0, column: 0, message });
    }
    Sourced { value: good, origin }
}

/// The text of `file`. That it is not there is a problem only when it `must` be.
fn read(file: &Path, unsaved: &Unsaved, must: bool, problems: &mut Vec<RuleProblem>) -> Option<String> {
    if let Some(text) = unsaved.get(&canonical(file)) {
        return Some(text.clone());
    }
    let bytes = match read_settings(file) {
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must => return None,
        Err(error) => Err(NotUtf8 { line: 0, column: 0, message: files::why(&error) }),
    };
    let text = bytes.and_then(files::decode);
    text.map_err(|NotUtf8 { line, column, message }| {
        problems.push(RuleProblem { file: shown(file), line, column, message });
    })
    .ok()
}

/// The words in the files of this folder, each a table as `[lexicon]` of the settings is one.
fn own_lexicon(folder: &Path, unsaved: &Unsaved, problems: &mut Vec<RuleProblem>) -> Vec<Layer> {
    let mut layers = Vec::new();
    for (name, text) in own_files(folder, unsaved, problems) {
        let (layer, mistakes) = Config::parse_lexicon(&name, &text);
        problems.extend(mistakes);
        layers.push(layer);
    }
    layers
}

/// Name and text of each TOML file in one of the newsroom's folders, in the order of their names.
fn own_files(folder: &Path, unsaved: &Unsaved, problems: &mut Vec<RuleProblem>) -> Vec<(String, String)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files.iter().filter_map(|file| Some((shown(file), read(file, unsaved, true, problems)?))).collect()
}

/// The path as a person would write it: relative to the working folder where it lies below.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let relative = here.as_deref().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    relative.display().to_string()
}

/// The bytes of a file of settings or rules, which somebody else may have put there.
///
/// # Errors
///
/// Those of the system; and it is no file, such as a pipe whose other end nobody writes to, or larger than
/// [`LARGEST_SETTINGS`].
fn read_settings(path: &Path) -> std::io::Result<Vec<u8>> {
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() && !metadata.is_dir() {
        return Err(std::io::Error::new(std::io::ErrorKind::InvalidInput, "not a file"));
    }
    if metadata.len() > LARGEST_SETTINGS {
        let most = format!("larger than the {} MB that are read of settings and rules", LARGEST_SETTINGS >> 20);
        return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, most));
    }
    std::fs::read(path)
}
