//! Words with capitals that are no people, and the words for what people are.

use std::sync::LazyLock;

use super::Gender;
use crate::text::WordMap;

/// What a word (lower case, without a possessive ending) says about a name it stands in or beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordClass {
    /// `president`, `spokeswoman`, `coach`: stands before a name as a title, or after it in an apposition.
    Role(Gender),
    /// `Mr.`, `Dame`: only ever before a name.
    Honorific(Gender),
    /// `university`, `inc`: what it ends is an organisation or a place.
    Organisation,
    /// `France`, `Texas`, `Paris`.
    Place,
    /// `French`, `Texan`, `Republican`.
    Demonym,
    /// `Monday`, `the`, `Congress`: with a capital at the start of a sentence or always, and no one's name.
    NoName,
    /// `al`, `van`: inside a name only.
    Particle,
    /// `former`, `deputy`: stands before a role.
    Modifier,
}

const ROLES: &str = "
activist administrator admiral adviser advisor advocate agent aide airman ally ambassador analyst anchor announcer anthropologist archbishop
architect archaeologist arborist artist assemblymember assistant associate astronaut astronomer attorney author baker banker baritone barista barrister bassist biologist bishop
blogger boss botanist brigadier broadcaster broker builder butcher candidate captain cardinal caretaker carpenter cartoonist cashier
celebrity ceo cfo chair chairperson champion chancellor chaplain chef chemist chief choreographer clerk climatologist cleric coach
co-author co-chair co-founder co-owner co-pilot coroner colleague colonel columnist comedian commander commentator commissioner
commissioner-general committeeman composer comptroller conductor constable consul consultant contractor controller cook coordinator corporal correspondent
councillor councilmember counsel counselor countess cousin creator critic curator dancer dealer dean defender delegate demographer demonstrator deputy designer
detective developer diplomat director dispatcher doctor driver drummer ecologist economist editor educator electrician emeritus
emir employee engineer entrepreneur envoy epidemiologist evangelist examiner executive expert farmer fellow filmmaker firefighter fisherman
forecaster foreman founder fundraiser gardener general geneticist geographer geologist goalkeeper governor graduate
grower guard guitarist head historian homeowner host hydrologist inspector instructor intern investigator investor
jockey journalist judge justice keeper kicker lawmaker lawyer leader lecturer legislator librarian lieutenant linguist lobbyist logger lord magistrate
major manager marketer marshal mathematician mayor mechanic medic meteorologist midfielder minister moderator motorist musician naturalist neighbor
neighbour neurologist neuroscientist novelist nurse nutritionist officer official oncologist operator organiser organizer originator owner
painter paramedic pastor pathologist patriarch pediatrician performer pharmacist philanthropist philosopher photographer physician physicist
pianist pilot pitcher planner player playwright plumber poet policymaker politician pollster pope postdoc postmaster preacher premier president presidential president-elect
presenter priest principal producer professor programmer promoter prosecutor provost psychiatrist psychologist publisher pundit
quarterback rabbi rancher ranger realtor receptionist rector reformer regent registrar reporter representative researcher resident
retiree reverend ringleader sailor scholar scientist screenwriter sculptor secretary secretary-general senator seniorfellow sergeant
sheriff shooter shopkeeper singer sniper sociologist soldier solicitor soprano speaker specialist spokesperson staffer
statistician steward strategist striker student sultan superintendent supervisor supporter surgeon surveyor survivor teacher technician tenant theologian therapist tourist
trader trainer translator treasurer trustee tutor undersecretary veteran veterinarian vice-chair vice-president victim vintner violinist virologist volunteer voter
warden welder whip winemaker winner witness worker writer youtuber zoologist
adm amb asst atty capt cmdr col cpl det gen gov insp lt maj pres prof pvt rep reps sen sens sgt supt pfc spc";
const MALE_ROLES: &str = "
alderman anchorman assemblyman boyfriend brother businessman cameraman chairman congressman councilman dad doorman duke emperor father freshman
fireman grandfather grandpa husband imam king man nephew ombudsman patrolman policeman prince salesman serviceman sheikh shepherd
sheik son spokesman sportsman statesman stepfather uncle waiter widower actor ayatollah";
const FEMALE_ROLES: &str = "
actress alderwoman anchorwoman assemblywoman aunt ballerina businesswoman chairwoman congresswoman councilwoman daughter duchess empress
girlfriend grandma grandmother heiress hostess housewife mom mother mum niece nun policewoman princess queen saleswoman sister
spokeswoman stepmother stewardess waitress widow wife woman midwife";
const MALE_HONORIFICS: &str = "mr messrs sir mister monsieur herr señor senor";
const FEMALE_HONORIFICS: &str = "mrs ms miss madam madame mme mlle dame lady señora senora frau";
const HONORIFICS: &str = "dr mx hon rev";
const ORGANISATIONS: &str = "
academy act administration agency airlines airport airways alliance archive archives arena army assembly association athletics authority avenue
award awards bank basin bay beach board boulevard bowl bridge broadcasting brothers bureau cabinet caucus cathedral center central centre chamber
championship channel chronicle church city clinic club co coalition college commission committee communications community companies company conference
confederation congregation consortium constitution convention coordination corp corporation corps council county court creek cup daily department dept desert
diocese district division drive economist enterprise enterprises entertainment estate exchange express federation festival fire force
forces forest forum foundation freeway front fund games gazette global globe government group guard guardian hall harbor harbour herald highway
hills holdings hospital hotel house inc independent industries infirmary initiative inn insider institute institution insurance international
interstate investments island islands jail journal lab laboratories laboratory lake lakes lane league legion library limited llc llp ltd magazine mall
management market markets media memorial ministry monitor monument mosque motors mount mountain mountains mt museum national navy network networks news observatory
observer ocean office oil olympics orchestra organisation organization park parkway parliament partners partnership party peninsula
pharmaceuticals pier plan plaza plc police politico post power prison productions program project province publishing radio railroad railway records
region register regiment reporter republic research reserve resort restaurant review river road route sanctuary school schools sea secretariat senate sentinel
series services show society square stadium standard star station store street studio studios summit sun symphony synagogue syndicate
systems task team technologies technology telegraph television temple territory theater theatre times today tower towers township
treasury treaty tribunal tribune trust tv uk union unit united universe university valley village war week weekly works zoo week watch";
const PLACES: &str = "
afghanistan africa alabama alaska albania aleppo algeria algiers america amsterdam anbar angola ankara antarctica arabia argentina arizona arkansas
armenia asia athens atlanta atlantic austin australia austria azerbaijan baghdad bahrain bali baltic baltimore bangkok bangladesh barcelona
beijing beirut belarus belfast belgium belgrade benghazi berlin birmingham bolivia bosnia boston botswana brasilia brazil brexit bristol britain
brooklyn brussels bucharest budapest buffalo bulgaria burma cairo calais california cambodia cambridge cameroon canada canberra caracas cardiff
caribbean carolina charleston charlotte chicago chile china cincinnati cleveland colombia colorado columbia columbus congo connecticut copenhagen
crimea croatia cuba cyprus dakota dallas damascus darfur dc delaware delhi denmark denver detroit dhaka dubai dublin ecuador edinburgh egypt england
eritrea estonia ethiopia europe eurozone ferguson finland flint florida france frankfurt fresno gaza geneva georgia germany ghana gibraltar
glasgow greece greenland guantanamo guatemala guinea haiti hamburg hampshire harlem havana hawaii helsinki hiroshima hollywood honduras houston
hungary iceland idaho illinois india indiana indianapolis indonesia iowa iran iraq ireland islamabad israel istanbul italy jakarta jamaica
japan jersey jerusalem johannesburg jordan juneau kabul kansas karachi kashmir kazakhstan kentucky kenya khartoum kiev kosovo kuwait kyiv
kyrgyzstan lagos laos latvia lebanon leeds liberia libya lisbon lithuania liverpool london louisiana louisville luxembourg macedonia madagascar
madrid maine malawi malaysia mali malta manchester manhattan manila maryland massachusetts mauritania mecca mediterranean melbourne memphis
mexico miami michigan midwest milan milwaukee minneapolis minnesota minsk mississippi missouri mogadishu moldova mongolia montana montenegro montreal
morocco moscow mosul mozambique mumbai munich myanmar nairobi namibia naples nashville nebraska nepal netherlands nevada newark newcastle
nicaragua niger nigeria northeast northwest norway nova oakland ohio oklahoma oman omaha ontario oregon orleans osaka oslo ottawa oxford
pacific pakistan palestine palmyra panama paraguay paris pennsylvania peru philadelphia philippines phoenix pittsburgh poland
portland portugal prague pretoria pyongyang qatar quebec queens queensland rafah ramallah raqqa richmond riyadh romania rome rotterdam russia rwanda
sacramento salem samoa scandinavia scotland seattle senegal seoul serbia shanghai sheffield siberia sicily sinai singapore slovakia slovenia
somalia sofia southampton southeast southwest spain stockholm sudan sweden switzerland sydney syria taipei taiwan tajikistan tampa tanzania
tasmania tehran tennessee texas thailand tibet tokyo toledo toronto tripoli tucson tulsa tunis tunisia turkey turkmenistan uganda ukraine uruguay
utah uzbekistan vancouver vatican venezuela venice vermont vienna vietnam virginia wales warsaw washington wellington westminster wisconsin wyoming
yemen yorkshire zagreb zambia zimbabwe zurich u.s u.k u.n u.s.a ariz ark calif colo conn fla ga ill ind kan ky la md mich minn miss mo mont neb nev okla ore pa
tenn tex va vt wash wis wyo n.y n.j n.h n.c s.c n.d s.d n.m d.c r.i w.va eu uk usa";
const DEMONYMS: &str = "
aboriginal afghan african alabaman alaskan albanian algerian alpine american americans anglican arab arabic arabs argentine armenian asian asians
assyrian australian austrian aztec baptist bavarian belgian bosnian brazilian british briton britons buddhist bulgarian californian cambodian
canadian canadians catalan catholic catholics caucasian chechen chilean chinese christian christians colombian communist communists congressional conservative
conservatives croatian cuban cubans czech danish democrat democratic democrats dutch egyptian egyptians english estonian ethiopian european europeans
evangelical evangelicals filipino finnish floridian french frenchman german germans ghanaian greek greeks haitian hamas hasidic hawaiian hezbollah hindu
hindus hispanic hispanics hungarian indian indians indonesian iowan iowans iranian iranians iraqi iraqis irish isis islamic islamist israeli israelis italian
italians japanese jew jewish jews jihadist kenyan korean koreans kosovar kurd kurdish kurds labour laotian latin latina latino latinos latvian lebanese liberal
liberals libertarian libyan lithuanian lutheran malaysian marxist methodist mexican mexicans mongolian moroccan mormon mormons muslim muslims
nazi nazis nepalese nigerian nordic norwegian orthodox ottoman pakistani palestinian palestinians persian peruvian polish portuguese
presbyterian protestant protestants puerto qatari republican republicans roman romanian russian russians rwandan saudi saudis scandinavian scot scots scottish
senegalese serb serbian serbs shia shiite sicilian sikh sikhs singaporean slovak slovenian socialist somali soviet spaniard spanish sudanese sunni sunnis
swedish swiss syrian syrians taiwanese taliban texan texans thai tibetan tory tories tunisian turk turkish turks ugandan ukrainian ukrainians uzbek
venezuelan vietnamese welsh western westerners yemeni zionist";
const NO_NAMES: &str = "
january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday
wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun christmas easter ramadan thanksgiving halloween hanukkah
a about above according across actually after again against ago ahead all almost along already also although always amid among an and another any anyone
anything are around as asked at away back based be because been before behind being below besides best better between beyond big both but by called can clearly
could currently day days despite did do does doing down during each earlier early either else elsewhere enough especially even eventually ever every everybody
everyone everything except far few finally first five following for four from further generally get given go going good got great had half has have
having he hello her here hers herself hey hi high him himself his how however hundreds i if in indeed initially inside instead into is it its itself just keep
last late later least less let like likely little long look looking made make many maybe me meanwhile might millions mine more moreover most much must my myself
near nearly neither never nevertheless new next nine no nobody none nonetheless nor not nothing now obviously of off often oh ok okay old on
once one ones only or originally other others otherwise our ours out outside over overall own part people perhaps please previously probably put quite
rather really recent recently regardless right said same say says second see seven several shall she should similarly simply since six so
some somebody someone something sometimes soon still such sure take ten than thank thanks that the their them themselves then there
therefore these they thing think third this those though thousands three through throughout thus to together tonight too toward towards
tuesday's two under unfortunately unless unlike until up upon us use using usually very was way we well were what whatever when whenever where whereas
whether which while who whoever whole whom whose why will with within without would yeah yes yesterday yet you young your yours
north south east west northern southern eastern western central upper lower mid god lord jesus allah bible quran koran internet web facebook twitter
google youtube instagram snapchat reddit apple microsoft amazon netflix uber tesla boeing airbus toyota ford exxon walmart starbucks nike disney intel ibm
facebook's congress pentagon kremlin capitol medicare medicaid obamacare brexit isil al-qaeda qaeda reuters bloomberg associated press cnn nbc abc cbs
fox msnbc bbc npr pbs espn hbo nfl nba mlb nhl ncaa fbi cia nsa nato nasa gop dnc rnc pac super hispanic black blacks white whites latino
iphone ipad android windows mac cold civil world wall supreme federal state states attorney chapter section article page figure table volume photo
image video watch read updated update breaking exclusive opinion editorial analysis correction
bitcoin nobel pulitzer oscar oscars grammy grammys emmy emmys tony brexiteers earth mars moon
says told mr. editor's";
const PARTICLES: &str = "al el bin ibn bint ben abu van der den ter ten von zu zur de da di do dos das del della dello la le du des y e af av st ap op het 't ul ur";
const MODIFIERS: &str = "
acting assistant associate chief deputy executive ex former foreign general junior lead longtime managing national prime principal retired
senior then-vice vice under then-president then prominent veteran police presidential gubernatorial senatorial mayoral campaign political party state
federal local city county town regional district defense defence finance interior health education energy environment justice labor
labour treasury trade transport transportation agriculture commerce housing culture sports fire school football basketball baseball soccer hockey
rugby cricket tennis union company communications press media research science medical military army navy marine security
intelligence legal policy special independent current outgoing incoming newly-elected conservative liberal democratic republican
right-wing left-wing far-right opposition majority minority house senate congressional white civil human rights news film movie music fashion opera jazz rock pop
staff sergeant first second third lieutenant major brigadier rear managing fellow co-founding founding honorary late crown grand attorney";

static WORDS: LazyLock<WordMap<WordClass>> = LazyLock::new(|| {
    use WordClass::*;
    // Later lists win: a word that is a name as well as a role is better taken as the rarer of the two.
    let lists = [
        (MODIFIERS, Modifier),
        (NO_NAMES, NoName),
        (DEMONYMS, Demonym),
        (PLACES, Place),
        (ORGANISATIONS, Organisation),
        (ROLES, Role(Gender::Unknown)),
        (MALE_ROLES, Role(Gender::Male)),
        (FEMALE_ROLES, Role(Gender::Female)),
        (HONORIFICS, Honorific(Gender::Unknown)),
        (MALE_HONORIFICS, Honorific(Gender::Male)),
        (FEMALE_HONORIFICS, Honorific(Gender::Female)),
        (PARTICLES, Particle),
    ];
    WordMap::new(lists.into_iter().flat_map(|(words, class)| words.split_whitespace().map(move |word| (word, class))))
});

/// What `word` (lower case, without point and possessive ending) is known to be.
pub(crate) fn class_of(word: &str) -> Option<WordClass> {
    WORDS.get(word)
}

/// Whether `word` (lower case) says what somebody is: `mayor`, `spokeswoman`, also in the plural.
pub(crate) fn is_role(word: &str) -> bool {
    let is_listed = |word: &str| matches!(class_of(word), Some(WordClass::Role(_)));
    let singular = word.strip_suffix('s').filter(|w| w.len() > 3).unwrap_or(word);
    let last = || singular.bytes().rposition(|byte| byte == b'-').and_then(|at| singular.get(at + 1..));
    is_listed(word)
        || singular.len() < word.len() && is_listed(singular)
        || last().is_some_and(is_listed)
        || word.ends_with("men") && word.len() > 5
        || word.ends_with("women")
}
