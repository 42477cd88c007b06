"""First names, names that are everyday words too, and words with a capital that name nobody."""

from __future__ import annotations

import re

_FIRST_NAMES_TEXT = """
    aaron abdul abi abigail ada adam adeel aditi adrian agatha agnes agnieszka ahmed aidan aileen aisha alan
    alastair alba albert alec alex alexander alfie alfred ali alice alina alison alma alun amanda amara amber
    amelia amina amir amit amy ana andrea andrew andy angela angus anil anita anjali ann anna anne annette annie
    ansh anthony antoni antonio anwen archie arnold arthur asha ashley asif aubrey ayesha ayo barbara barry
    bartosz beatrice becky ben benjamin bernadette bernard bert bertha beryl bessie beth bethan betty bev
    beverley bhavna billy blanche blessing bob bogdan brenda brendan brent brian bridget bronwen bryn callum
    cameron camille cara carl carla carmel carol caroline carys cath catherine cathy cecil celia cerys charles
    charlie charlotte chidi chinedu chioma chloe chris christina christine christopher ciara claire clara clare
    clarence claude ord clive colin connie connor constance cora craig cynthia cyril dan daniel danny
    danuta daphne darius darren dave david davina debbie deborah deepa deirdre delyth denis denise dennis derek
    derrick desmond dev diana diane dilys dinah divya dominic donald donna dora doreen doris dorota dorothy
    douglas duncan dylan eddie edgar edith edna edward edwin eileen eilidh elaine eleanor elena eleri elias
    elizabeth ella ellen ellie elma elsie emeka emily emma emmanuel enid eric erin ernest ernie ethan ethel euan
    eugene eunice eva evan eve evelyn ewa farah farid fatema fatima fatou felicity ferdinand fiona fionnuala
    florence florrie fran frances francis fred freda frederick gareth gary gavin gaynor gemma geoff george
    georgia geraint gerald gerry gertrude giles gillian gina gladys glen glenys gloria gordana gordon graham
    greg grzegorz gwen gwendolyn gwyneth hamish hanna hannah harold harriet harry hassan hattie hazel heather
    helen henrietta henry herbert hettie hilary hilda holly horace howard hubert hugh huw ian ieuan
    ifeoma ignatius ikram imran ina ines ingrid iqbal irena irene isaac isabel isabella isla isobel ivan ivor
    iwan jackie jacob jacqui jade jagdeep jake james jamie jan jane janet janice janine janusz jasmin jasmine
    jason jaswinder javed jean jeanette jeff jemma jennifer jenny jeremy jerzy jess jessica jim jimmy jo joan
    joanna joanne joe joel joginder johanna john jon jonathan jordan josef josephine josh joshua josie joyce
    juan judith judy julia julian julie julius justin kamal kamila karen karl kate katherine kathleen kathryn
    kathy katie kavita kavya kay keith kelly ken kenneth kerry kevin khadija khalid kirsty krystyna kumar
    kwabena kwame kyle lakshmi laura lauren laurence lech lee leila len leo leon leonard leroy lesley leslie
    leticia lewis liam lila linda lindsay lionel lisa lloyd lorna lorraine lottie louise lucia lucy ludmila luis
    luke lydia lynda lynette lynn lynne mabel magda magdalena maggie mair mairi malcolm malik mandy manjit
    marcus marek margaret maria mariam marie marilyn marion marjorie marlene marta martha martin mary mateusz
    matt matthew maud maureen maurice mavis maximilian maxine meera megan mehmet meinir melanie melissa menna
    mervyn michael michelle mick mike mildred millicent milton minnie miriam miroslav mohamed mohammed moira
    mollie molly monica monika montague morag morgan moses muhammad muriel myra myrtle nadia nan nancy naomi
    nasreen natalie natasha nathan neha neil nellie nerys nia niamh nicholas nicola nicole nigel nikhil nikki
    nina nkechi noah noel nora norma norman nuala obinna odette olga oliver olivia ollie olufemi oluwaseun omar
    oscar oswald owain owen padma pamela parveen patricia patrick paul paula pauline pawel peggy percy perpetua
    pete peter phil philip phillip phyllis piotr polly pooja prakash priya priyanka qasim quentin rachel rahul
    raj rajesh rajinder ralph ranjit ravi raymond rebecca reginald rena renee reuben rhian rhiannon rhodri rhys
    ricardo richard rita robert rodney roger rohan roland ron ronald ronnie rosa rosalind rosemary rosie ross
    roxanne roy ruaridh rubina rudolf rupert rupinder ruth ryan sabir sabrina sachin sadia saeed safia sally sam
    samantha samuel sandra sanjay sanjeev sara sarah sasha scott sean selma serena shabnam shannon sharon shaun
    sheila shelagh shirin shirley sian sid sidney sidra siegfried simon siobhan sofia sonia sophia sophie stacey
    stanislaw stanley stefan stella stephanie stephen steve steven stuart sunil sunita surinder susan susie
    suzanne sybil syed sylvester sylvia tadeusz tamsin tania tanya tara tariq tash ted terence teresa tess
    thelma theodore theresa thomas thora tim timothy tina toby tom tomasz tomos tony tracey tracy trevor trish
    trudy tunde uche una ursula usha usman valerie vanessa vasile vera vernon veronica vicky victoria vijay
    vikram vincent vivian walter wanda wayne wendy wiktoria wilf wilfred wilfrid willem william winifred winnie
    winston wojciech yasmin yolanda yusuf yvette yvonne zachary zainab zara zelda zeynep zoe zofia zubair
    zygmunt
"""
FIRST_NAMES = frozenset(_FIRST_NAMES_TEXT.split())
"""First names that are common in the United Kingdom, of all ages, and no everyday words."""

_WORD_NAMES_TEXT = """
    cliff flora hector
    april art bill daisy dawn dean dot drew faith frank gene grace grant guy hope iris ivy jack joy june lily
    mark max may miles nick olive pat patience pearl penny ray reg rex rich rob robin rose ruby rusty sandy stan
    sue summer sunny terry victor viola violet wade ward will wren
"""
WORD_NAMES = frozenset(_WORD_NAMES_TEXT.split())
"""First names that are words too: they count with a capital only."""

_NO_NAMES_TEXT = """
    admin agency april assistant august bank bay board britain british care carer catering charge chief
    christmas cleaner clerk clinic community consultant covid datix day days december diwali doctor doctors
    domestic domestics easter england english estates europe excel facebook facilities february friday fridays
    god google halloween head health hogmanay housekeeper ireland irish january jesus july june junior kitchen
    lates lead london lord manager managers march maternity matron may medical mental midwife midwives monday
    mondays nhs night nights november nurse nurses nursing october outlook outpatients paramedic pharmacist
    pharmacy physio polish porter porters radiographer radiology ramadan reception recovery registrar saturday
    saturdays scotland scottish secretaries secretary security senior september sister staff student students
    sunday sundays support surgical team teams technician theatre theatres therapist therapy thursday thursdays
    trust tuesday tuesdays unit wales ward wednesday wednesdays welsh whatsapp windows word worker
"""
NO_NAMES = frozenset(_NO_NAMES_TEXT.split())
"""Words that people write with a capital though they name nobody."""
NO_NAME_IN_WELSH = re.compile(
    r"\b(?:bob\s+(?:amser|awr|bore|blwyddyn|cyfarfod|dydd|mis|nos|shifft|tro|un|wythnos)|dan\s+(?:bwysau|ein|eu|straen|yr?))\b"
)
"""Welsh for "every day", "under pressure" and the like, in small letters: names nobody called Bob or Dan."""
