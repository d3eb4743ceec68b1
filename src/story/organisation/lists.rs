//! Acronyms that need no introduction, capitals that are no acronyms, and the nouns that organisations end in.

/// Acronyms that readers know: each may stand without its full name.
const WELL_KNOWN: &str = "
AA AARP ABC ACLU AFC AFL-CIO AFP AG AI AIDS AIPAC AK AMA ANC AP API AOL ATM BA BBC BMW BP CBC CBS CD CDC CDU CEO CFO CIA CIO CNBC CNN COO COVID CPU
CSI CSU DACA DEA DHS DIY DJ DMV DNA DNC DOJ DUI DVD ECB EMS EMT EPA EPSRC ER ESPN EU EUR EV EVs FA FAA FAQ FARC FBI FCC FDA FDIC FEMA FIFA FM FSB
GCHQ GDP GE GED GM GMO GOP GPA GPS HBO HIV HMS HQ HR HTML IBM ICE ICU ID IED IMF INTERPOL IOC IP IPO IQ IRA IRS ISIL ISIS IT ITV IVF JFK JP JPMORGAN
KFC KGB KKK LAPD LED LGBT LGBTQ LGBTQIA LSD MBA MBE MIT MLB MLS MMA MOT MP MPS MRI MSNBC MTV MVP NAACP NAFTA NASA NASCAR NATO NBA NBC NCAA NFL NGO
NHL NHS NPR NRA NSA NYPD NYT OBE OECD PAC WSJ SEAL OK OPEC PBS PC PDF PE PG PGA PHD PIN PLO PM PR PTA PTSD PVC QA RAF RBS RNA RNC ROTC RSVP RV SAS SAT SUV SEC SMS SNP SOS SPD
SPF SS SUV SUVs SWAT TB TED THC TNT TSA TV UAE UBS UCLA UEFA UFC UFO UK UKIP UN UNESCO UNICEF UPS US USA USB USDA USS USSR UV VA VAT VIP VP VPN VW WHO WMD
WNBA WTO WWE WWF YMCA YWCA ZIP";

/// Words in capitals that are no acronyms: shouted words, time zones, eras, parts of company names, initials of people.
const NO_ACRONYMS: &str = "
TK TKTK ACT AD ADD AEST AGAIN AGO AKST AKDT ALERT ALL ALSO AM AN AND ANY ARE AS AT AWAY BACK BAD BAN BC BCE BE BEEN BEST BIG BOOK BST BUT BY CALL CAN CARE CASE CAT
CDT CE CENT CEST CET CHECK CITY CLICK CO CST CT CUT DAY DC DE DEAD DEAL DEATH DID DO DOES DOG DOJO DON DOWN DR EACH EDIT EDT END EST ET EVER EVERY EXTRA FAKE FAST FEAR FDR
FEW FILE FIND FIRE FIRST FOR FREE FROM FULL FUN GAS GET GIRL GIVE GMT GO GOD GOOD GOT GREAT GUN HAD HAS HATE HAVE HE HELP HER HERE HEY HIGH HIM HIS HIT HOME HOPE HOT
HOW HOUR I IF IN INC INTO IS ISN IST IT'S ITS JFK JOB JR JST JUST KEEP KEY KILL KNOW LA LAST LATE LAW LBJ LEFT LESS LET LIES LIFE LIKE LIST LIVE LLC LLP LOL LONG LOOK LOSE LOST LOT
LOVE LOW LTD MAGA MAKE MAN MANY MAP MAY MD MDT ME MEN MIND MISS MLK MONEY MORE MOST MOVE MR MRS MS MST MT MUCH MUST MY NAME NEED NEVER NEW NEWS NEXT NICE NIGHT NJ NO NON NONE NOR
NORTH NOT NOTE NOW NUMBER NY OF OFF OH OLD OMG ON ONCE ONE ONLY OPEN OR OUR OUT OVER OWN PAGE PART PAST PAY PDT PEOPLE PHOTO PLAN PLAY PLC PLEASE PLUS PM PST PT PUT READ REAL RED
RIGHT RIP RULE RUN SAD SAID SAFE SAID SAVE SAY SEE SELF SET SEX SHE SHOW SIR SIX SO SOME SOON SOUTH SR ST STAFF STAND STATE STAY STILL STOP STORY SUCH SURE TAKE TALK TAX TEAM TELL TEN TERM
THAN THANK THAT THE THEIR THEM THEN THERE THESE THEY THING THINK THIS THOSE TIME TIMES TIP TO TODAY TOLD TOO TOP TRUE TRUMP TRY TURN TWO UNIT UP UPDATE US'S USE UTC VERY VIA VIDEO VOTE VS
WAIT WALL WANT WAR WAS WATCH WAY WE WELL WENT WERE WEST WHAT WHEN WHERE WHICH WHILE WHITE WHY WILL WIN WITH WON WORD WORK WORLD WORST WOW WRONG YEAR YEARS YES YET YOU YOUNG YOUR ZERO
ABOUT AFTER ALONE AMONG ASK BEING BLACK BLUE BOTH BRING CAME CHANGE CLEAN CLEAR CLOSE COME COMES COULD CRIME DIED DONE DONT EARLY EASY ENDS
ENTER EQUAL EVEN EVIL EXACT FACT FACTS FAIL FEEL FELT FIGHT FINAL FINE FIVE FORCE FOUR FRAUD GAVE GIVEN GOES GOING GONE GREEN HAND HAPPY HARD HEAD HEAR HEART HELL HUGE HURT IDEA
JOBS JOIN KIDS KNEW KNOWN LEARN LEAST LEAVE LIED LIGHT LIVES LOCAL LOCK LOVED MADE MAIN MAJOR MAYBE MEAN MEANS MEET MIGHT NEAR NINE OFFER OFTEN ORDER OTHER PEACE POINT POOR POWER
PRESS PROOF QUICK QUITE READY REST RICH RISE SAYS SEEN SEND SENT SEVEN SHALL SHARE SHORT SIDE SIGN SINCE SLOW SMALL SMART SORRY SPEAK START TAKEN TAKES THREE THUS TOTAL TRIED TRULY
TRUST TRUTH UNDER UNTIL UPON USED WEAK WEEK WHOLE WHOM WHOSE WIFE WISE WOMAN WOMEN WOULD WRITE WROTE YEAH
JEB BILL HILL TED CRUZ RUBIO OBAMA BUSH IRAN IRAQ ISRAEL SYRIA GAZA CHINA CUBA PARIS LONDON TEXAS IOWA OHIO UTAH MAINE CHIEF LEGAL MEDIA";

const STATES: &str = "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT
VT VA WA WV WI WY DC PR ON QC BC AB MB SK NS NB NL PE YT NT NU";

const NOUNS: &str = "
academy administration agency alliance army assembly association authority bank board brigade brigades broadcasting bureau cabinet caucus center
centers centre chamber church clinic club coalition college commission committee community company confederation conference congress consortium
convention cooperative corporation corp corps council court department directorate exchange federation force forces forum foundation front fund
group guard guards hospital initiative institute institutes institution laboratory league ministry mission movement museum nations network office
organisation organization parliament partnership party police program programme project school schools secretariat senate service services
society system tribunal trust union university registry observatory inspectorate orchestra airlines airways inc llc ltd plc press agreement treaty act";

use std::sync::LazyLock;

use crate::text::WordSet;

type Words = LazyLock<WordSet>;

static WELL_KNOWN_SET: Words = LazyLock::new(|| WELL_KNOWN.split_whitespace().collect());
static NO_ACRONYMS_SET: Words = LazyLock::new(|| NO_ACRONYMS.split_whitespace().collect());
static STATES_SET: Words = LazyLock::new(|| STATES.split_whitespace().collect());
static NOUNS_SET: Words = LazyLock::new(|| NOUNS.split_whitespace().collect());

/// Whether readers know `acronym` (capitals, no points).
pub(super) fn is_well_known(acronym: &str) -> bool {
    WELL_KNOWN_SET.contains(acronym)
}

/// Whether `capitals` is a shouted word, a time zone or the like.
pub(super) fn is_no_acronym(capitals: &str) -> bool {
    NO_ACRONYMS_SET.contains(capitals)
}

/// Whether `capitals` is the postal code of a state or province.
pub(super) fn is_state(capitals: &str) -> bool {
    STATES_SET.contains(capitals)
}

/// The nouns that names of organisations end in.
pub(super) fn nouns() -> impl Iterator<Item = &'static str> {
    NOUNS.split_whitespace()
}

/// Whether `word` (lower case, without a final point) is what organisations, treaties and laws end in.
pub(super) fn is_organisation_noun(word: &str) -> bool {
    NOUNS_SET.contains(word)
}
