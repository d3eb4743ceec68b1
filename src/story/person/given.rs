//! Given names, by the gender they are mostly given to.
//!
//! The list is short on purpose: it holds names that are common somewhere in the world and rarely a word of English.
//! A name that is missing costs little, because titles, honorifics and later references show people as well.

use std::sync::LazyLock;

use super::Gender;
use crate::text::WordMap;

const MALE: &str = "
aaron abbas abdel abdirahman abdul abdulaziz abdullah abdullahi abe abel abraham abu ace adam adel aden adil aditya adolfo adrian
adriano agustin ahmad ahmed aidan ajay akbar akihito akio akira al alain alan albert alberto aldo alec alejandro aleksandar
aleksander aleksandr aleksei alessandro alexander alexandre alexei alfie alfonso alfred alfredo ali alistair allan allen alonzo alvaro alvin
amadou amar amir amit amos anatoly anders andre andreas andrei andrej andres andrew andrey andrzej andy angelo angus anil anthony
antoine anton antonio antony anwar ari archie arjun armand armando arne arnold arthur artur arturo arun asad asher ashraf asif
athanasios aung augusto austin avi avraham axel aziz badr bahman baltasar barack barnaby barney barry bart bartosz bashar bashir basil
bastian beau ben benedict benito benjamin bennett bernard bernardo bernd bernie bert bertrand bilal bill billy bjorn blaine blake bob
bobby bogdan boris brad bradley brady brandon brendan brent bret brett brian brody bruce bruno bryan bryce bryson burak burt byron
caleb callum calvin cameron carl carlo carlos carlton carson carsten carter casey caspar cecil cedric cesar chad chaim chandler
charles charlie chester chris christian christoph christophe christopher chuck clarence clark claude claudio clay clayton clifford clint
clinton clive clyde cole colin conor connor conrad corey cornelius cory craig curt curtis cyril cyrus damian damien damon dan daniel
daniele danny dante dario darius darnell darrell darren darryl daryl dave david davide dean declan deepak dennis denzel derek derrick
desmond devin devon dexter didier diego dieter dimitri dimitris dinesh dirk dmitri dmitry dominic dominik don donald donnie doug
douglas drew duane dustin dwayne dwight dylan eamon earl ed eddie edgar edmund eduardo edward edwin efraim ehud elad eli elias elijah
elliot elliott elmer elon elvis emanuel emiliano emilio emir emmanuel enrico enrique eric erich erik ernest ernesto ernie ethan
eugene evan evgeny ezra fabian fabio fadi faisal farid farouk fawad felipe felix ferdinand fergus fernando fidel filip filippo
finn florian floyd francesco francis francisco franco francois frank franklin franz fred freddie frederic frederick fredrik friedrich
fyodor gabriel gareth garrett garry gary gaston gavin geir gene geoff geoffrey george georges georgi georgios gerald gerard gerardo gerhard
gerry ghassan giacomo gianluca gianni gideon gilbert gilberto giorgio giorgos giovanni giulio giuseppe glen glenn goran gordon graham
grant greg gregg gregor gregory grigory guido guillaume guillermo gunther gus gustav gustavo guy habib hakan hakim hamid hamish hamza
hank hans harald hari harold harrison harry harvey hasan hashim hassan hector heinrich heinz helmut hendrik henri henrik henry herbert
herman hernan hideo hiroshi hisham homer horacio horst hosni howard howie hubert hugh hugo humberto husni hussain hussein hyun iain ian
ibrahim ignacio igor ike ilya imad imran ioannis irfan irving isaac isaiah ishaan ismael ismail issa ivan ivo jabari jack jackson
jacob jacques jaime jair jake jakob jakub jalal jamal james jamie jan janusz jared jaroslav jarrett jason jasper javier jay jean jeb jeff
jefferson jeffery jeffrey jens jeremiah jeremy jerome jerry jesus jim jimmy jin joachim joao joaquin jochen joe joel johan johann johannes john
johnny johnson jon jonah jonas jonathan jorg jorge jose josef joseph josh joshua josip jozef juan juergen julian julien julio julius
junichi jurgen justin jusuf kamal kamil kareem karim karl kasim keith kemal ken kenji kenneth kenny kent kerem kevin khaled khalid khalil kieran
kim kirk kjell klaus kofi konrad konstantin konstantinos kris krzysztof kumar kurt kwame kyle lamar lance larry lars laszlo laurence
laurent lawrence lazar lee leif leo leon leonard leonardo leonid leopold leroy les leslie lester lev levi lewis liam lindsey linus lionel
lloyd logan lorenzo lou louis lowell luc luca lucas luciano ludwig luigi luis luiz lukas lukasz luke luther lyle lyndon
maarten maciej magnus mahdi mahmoud mahmud majdi malcolm malik manfred manmohan manny manoj manuel marc marcel marcelo marcin marco
marcos marcus marek mario marius mark marko markus marlon marshall martin marty marvin mason massimo mateo mateusz mathias mathieu
matt matteo matthew matthias matti maurice mauricio maurizio mauro max maxim maximilian maxwell mehdi mehmet mel melvin michael michal micah
michel miguel mihai mikael mike mikhail miklos milan miles milo milton miroslav mitch mitchell mitt mohamad mohamed mohammad mohammed
mohan mohsen moises mordechai morgan morris moshe moses mounir muhammad mukesh murat murray mustafa nabil naftali nasser
nathan nathaniel naveen neal ned neil nelson nicholas nick nickolas nico nicolas nigel nikita niklas nikola nikolai nikolaos nikos nils nir noah noam
noel nolan norbert norman nouri octavio olaf oleg oleksandr olivier oliver omar omer orlando oscar oskar osama osman oswald otis otto owen pablo
pascal pasquale pat patricio patrick paul paulo paweł pawel pedro percy perry pete peter petr petra petro phil philip philippe phillip pierre
pieter piotr prakash pranav preston qasim quentin quincy rafael rafał rafiq rahm rahul raj rajesh rajiv ralph ramesh rami ramon ramzi
rand randall randy raphael rashid ravi ray raymond raul recep reggie reginald reinhard reince reinhold rene reuben reuven rex reza rhys ricardo riccardo rich
richard rick ricky riad riyad rob robert roberto robin rocco rod roderick rodney rodolfo rodrigo rogelio roger rohan roland rolf roman ron
ronald ronnie rory ross roy ruben rudolf rudolph rudy rupert rusty ruslan russ russell rustam ryan saad saeb saeed said salah saleh salim salman
salvador salvatore sam sami samir sammy samuel sandeep sandro sanjay santiago santos satoshi saul scott sean sebastian selim serge sergei
sergey sergio seth shane shannon shaun shawn sheldon sherman shigeru shinzo shimon shlomo sidney siegfried silvio simeon simon
sinan slobodan solomon spencer stan stanislav stanley stavros stefan stefano stephan stephane stephen steve steven stewart stig stuart sunil
suresh sven sylvester tadeusz taha takashi takeshi tamir tariq taro tarek ted teddy terence terrence terry thabo thad theo theodore theresa thierry
thomas thorsten tim timo timothy tito tobias toby todd tom tomas tomasz tommaso tommy tomoko toni tony torsten travis trent trevor
trey tristan tsipras tyler tyrone tyson udo ulrich umar umberto uri usman uwe vaclav valentin valery vance vasily vernon vic victor vijay
vikram viktor vince vincent vincenzo vinod virgil vitali vitaly vito vlad vladimir volodymyr vusi wade waleed walid wallace wally walter
warren wayne wendell werner wesley wilbur wilhelm will willem william willie willy wilson winston wojciech wolfgang woodrow xavier yahya yair
yann yannick yannis yaroslav yasin yasser yasuo yevgeny yitzhak yoav yosef yossi yousef yuri yusuf yves zachary zack zaid zakaria zayd zbigniew
zeke zeljko zev zhang ziad zoltan zoran";

const FEMALE: &str = "
aaliyah abigail ada adaeze adela adele adelina adriana adrienne agata agatha agnes agnieszka aicha aida aileen aino aisha aishwarya akiko alana
alba alejandra alena alessandra alexa alexandra alexandria alice alicia alina aline alisha alison aliyah allison alma amal amalia amanda amelia
amina amira amy ana anabel anastasia andrea aneta angela angelica angelina angelique anika anita anja anke ann anna annabel annabelle anne
annette annie annika anouk antonella antonia anya aoife april arabella ariana arlene ashley asma astrid athena aubrey audrey
aurora ava avery aya ayesha aylin azra barbara beata beatrice beatriz becky belinda bella benedetta bernadette bernice berta beth
bethany betsy bettina betty beverly bianca birgit blanca bonnie brenda brianna bridget brigitte britney brittany brooke caitlin camila camilla
camille candace candice cara carina carla carly carmela carmen carol carole carolina caroline carolyn carrie cassandra cate catherine
cathy cecilia celeste celia celine chantal charlene charlotte chelsea cheryl chiara chloe christa christiane christina christine chrystal cindy claire
clara clarissa claudia clementine cleo colette colleen concetta condoleezza connie constance consuelo cora cordelia corinne
cristina cynthia dagmar dahlia daisy dana daniela danielle daphne darlene dawn deanna debbie deborah debra deepa deirdre delia delphine denise
desiree diana diane dianne dolores dominique donna dora doreen doris dorota dorothy dunja ebony edith edna eileen elaine eleanor elena
eleni elif elise elisa elisabeth elizabeth ella ellen elly eloise elsa elsie elvira emilia emilie emily emine emma erica erika erin esmeralda
esperanza estella esther etta eunice eva evelyn evie ewa fabiana faith farah farida fatima fatma fatou felicia felicity fernanda
fiona flavia florence frances francesca francine françoise francoise freda freya frida gabriela gabriella gabrielle gail gemma geneviève genevieve georgia
georgina geraldine gerda gertrude ghada gillian gina ginger giorgia giovanna gisela giulia gladys gloria golda greta gretchen
guadalupe gudrun gwen gwendolyn hadiza haley halima hana hanan hanna hannah harriet hatice hazel heather hedwig heidi heike helen helena helene helga
henrietta hilary hilda hillary holly huda huma ilana ilse imani imelda imogen ina ines inge ingrid irena irene irina irma isabel isabella
isabelle isla ivana ivanka ivonne ivy jacqueline jada jamila jana jane janet janice janine jasmine jeanette jeanne jelena jen jenna jennifer jenny
jessica jill jillian jo joan joann joanna joanne jocelyn jodi johanna josefina josephine joy joyce juana juanita judith judy julia juliana
julianne julie juliet juliette june justine kamala kaori karen karin karina karla katarina katarzyna kate katerina katharina katherine
kathleen kathryn kathy katia katie katja katrin katrina katy kavita kayla keiko keira kelly kellyanne kelsey kendra kerstin khadija kiara kimberly kirsten kirsty
krista kristen kristin kristina kristine krystal kyoko lakshmi lana lara larisa latoya laura lauren laurie layla lea leah leila leilani lena leona leticia
leyla libby lidia liesel lila lilian liliana lillian lily lin lina linda lisa liv livia liz liza lizzie lois lola loretta lori lorna lorraine louisa
louise lourdes lucia luciana lucie lucille lucinda lucy ludmila luisa lupe lydia lyn lynda lynn lynne mabel madeleine madeline madison maeve magda
magdalena maggie mahnaz maia maja makiko malala malgorzata mandy manuela mara marcela marcia margaret margarita margot marguerite maria mariam mariana
marianne maribel marie marielle marina marion marisa marissa marjorie marlene marta martha martina mary maryam mathilde matilda maud
maureen mavis maya meera megan meghan mei melania melanie melinda melissa mercedes meredith meryl mette mia michaela michele michelle michiko mila mildred mina mindy minna
miranda miriam misty moira mollie molly mona monica monika monique muriel myra myrna nabila nadezhda nadia nadine nadja nancy naomi natalia natalie
natasha nellie nelly nia nicola nicole nicoletta nikki nilufar nina noor nora noreen norma nuria odette ofelia olena olga olivia ophelia
oprah orla padma paige paloma pam pamela paola patience patrice patricia patsy patti patty paula paulette paulina pauline pearl peggy penelope
penny phoebe phyllis pilar pippa polly portia precious priscilla priya priyanka queenie rachel rania rebecca regina renata renate renee rhoda rhonda rima rita
roberta rochelle ronda rosa rosalie rosalind rosanna rosario rose roseanne roselyn rosemary rosie rowena roxanne ruby ruth sabina sabine sabrina sadie saira
sally salma samantha samira sandra sandy sania sara sarah sasha saskia savannah scarlett selena selma serena shamima shannen sharon shauna sheila shelby shelley sherry
shirin shirley sibylle sigrid silke silvia simone sinead siobhan sofia sofie sonia sonja sonya sophia sophie soraya stacey stacy
stefania stella stephanie sue sumaya sunita susan susana susanna susanne susie suzanne svetlana sybil sylvia sylvie tabitha tamar tamara tammy tania
tanya tara tatiana tatyana teresa tess tessa thandiwe thea thelma theodora tiffany tina tonya tracey tracy tricia trina trish trisha trudy
uma ursula ute valentina valeria valerie vanessa vera verena veronica veronika vicki vicky victoria viktoria viola violet virginia vivian
viviana vivien wanda wendy whitney whoopi wilhelmina wilma winifred winnie ximena xiomara yael yasmin yasmine yelena yoko yolanda yuko yulia yumi yvette yvonne zadie
zahra zainab zara zehra zelda zeynep zhanna zita zoe zofia zsofia zuzana";

const EITHER: &str = "
addison alex angel ariel aubrie bailey blair bobbie cary chen dale darcy dominique elia emerson francis frankie gale hao hayden hong
hunter jackie jesse jessie jody jordan jules jung kai kelley kerry kiran lane laurel lindsay lonnie lou ming min mahalia nat nicky nur
pat parker paris peyton quinn reese remy riley robbie rowan sam sasha seung shea sidney sky skyler stevie sydney tatum taylor val wei xi
xiao yan yang ying yong yu yuan";

static NAMES: LazyLock<WordMap<Gender>> = LazyLock::new(|| {
    let lists = [(MALE, Gender::Male), (FEMALE, Gender::Female), (EITHER, Gender::Unknown)];
    WordMap::new(lists.into_iter().flat_map(|(names, gender)| names.split_whitespace().map(move |name| (name, gender))))
});

/// The gender that a given name (lower case) is mostly given to; `None` when it is not on the list.
pub(super) fn gender_of(name: &str) -> Option<Gender> {
    NAMES.get(name).or_else(|| {
        // `Jean-Claude`, `Mary-Ann`: the first part decides.
        let (first, _) = name.split_once('-')?;
        NAMES.get(first)
    })
}
