"""The words of worry, of harm, of praise, and of what people live through where they work."""

from __future__ import annotations

from bot.summaries.engine.cues.patterns import compile_cues

WORRY = compile_cues(r"""
    WE (?:(?:am|are|do|feel|get) )?~(?:increasingly |little )?(?:worry|fear|dread|AFRAID)
    (?:my|our|the|one|real|big|biggest|main|another|huge|serious) (?:\w+ )?(?:worry|worries|concern|fear|danger|risk)(?=
    | (?:is|that|of|for|would|are|here|about|if|when|to|in|as|we|i)|[,:]|\W{0,3}$)
    ^(?:\w+ )?AFRAID|(?:worries|scares|frightens|terrifies|concerns|alarms|troubles) (?:me|us)|big worry
    keeps? (?:me|us) (?:awake|up)|(?:lie|lying|lay) awake|los(?:e|ing) sleep|no one should ...AFRAID
""")
"""Worry in the writer's own name: it goes before what is proposed because of it."""

HARM = compile_cues(r"""
    unsafe\w*|un-safe|dangerous\w*|hazard\w*|(?:accident|disaster) waiting|matter of time|sooner or later|inquests?
    coroner(?:'s)?|(?:not|never|no longer|less) (?:\w+ ){0,2}safe(?:ly)?|near miss(?:es)?|never events?
    no one (?:is|feels|felt|will be) (?:\w+ )?(?:safe|able to (?:report|speak|raise|say))|not enough ...safely
    can not (?:\w+ )?(?:keep|make|guarantee|be|do|work|run|provide|deliver|care)...safe(?:ly|ty)?
    (?:at|a|real|more|huge|serious|patient|safety|big) risk|the risk (?:is (?:that|real|huge|high|too)|that)
    (?:this|it|that|which|we|they) (?:\w+ )?risks?
    risking|risky|risk (?:losing|of|that)|in danger
    endanger\w*|(?:will|could|might|may|going to|gets?|ends? up|before|until|someone) (?:[\w']+ ){0,4}?HURT
    (?:will|could|might|going to|only) (?:only |all |just )?(?:end|finish) (?:in|up in|badly)|end in tears
    someone is going to|(?:come|comes|coming|came|cause\w*|causing|suffer\w*|avoidable|patient|real
    |serious) (?:to )?harm
    harm(?:s|ing|ful)|burn(?:t|ed|ing)?[ -]?out|breaking point|on (?:its|our|their) knees|collaps(?:e|ing)
    exhaust(?:ed|ion|ing)|on the floor|(?:in|to|close to|near) tears|rock bottom|off sick|stress(?:ed|ful)?
    morale is (?!(?:good|great|high|fine|better)\b)\w+|STAFF ~(?:BE )?(?:\w+ )?~AFRAID
    (?:work|working|live|living) AFRAID
    too AFRAID|fear of|climate of fear|in fear|(?:trip|fire|infection|security) (?:risk|hazard)|neglect(?:ed)?
    undignified
    bully(?:ing)?|bullied|harass\w*|intimidat\w+|victimi[sz]\w+|discriminat\w+|racis[mt]|abus(?:e|ed|ive)
    will (?:just |only |all |simply |soon )?(?:leave|quit|walk out|suffer|fall through|get missed|be missed|be lost
    |stop reporting|go missing|slip through|get worse|get lost)|los(?:e|ing) (?:the )?(?:people|good|our best)
    will mean ...(?:missing|lost|worse|delay\w*|harm|suffer\w*|leaving|missed)|breach(?:ed|es)
    compromis(?:e|es|ed|ing) (?:care|safety|patients?|quality)
""")
"""What hurts people, or may."""

PRAISE = compile_cues(r"""
    (?<!would )(?<!could )(?<!might )(?<!may )(?<!should )(?<!to )BE ~(?:good and )?GOOD(?! (?:if|how|what|idea
    |in theory|on paper|danger|deal|shame|pity|pain|waste|leaders?|way|thing
    |problem|person|people|place|until|before|but))
    (?:works?|worked|working|runs?|ran|going|gone|went) ~(?:\w+ )?(?:well(?! as)|brilliantly|wonders|beautifully
    |perfectly|a treat|like a dream|smoothly)(?! (?:if|only|when|in theory|on paper|until|but))
    and it ~works|just works|works for us|(?:made|makes|making) (?:all the|an?) (?:\w+ )?difference
    complaints have (?:gone down|dropped|halved)|could not have been (?:more|better|kinder|nicer)
    ^(?:\w+ ){0,2}?(?:thanks|thank you|shout ?out|hats off|well done|kudos|credit|congratulations|respect
    |fair play) (?:to
    |from|for) (?!(?:this|that|it|your|the|all the|any) (?:\w+ )?(?:tips?|info\w*|reply|replies|answers?|advice|feedback
    |responses?|comments?|messages?|thoughts?|insights?|links?|post|report|question|input|support|update)\b
    |(?:this|that|it|sharing|posting|asking|raising|starting|reading|saying|responding|replying|answering|commenting
    |telling|bringing|letting|taking|pointing
    |explaining|clarifying|nothing)\b)\w+
    (?:thanks|thank you|hats off|credit|well done|shout ?out|kudos|fair play) to (?:the|our|my|her|his|all|every
    |whoever|everyone) \w+
    WE ~(?:do )?(?:love|loved|value|appreciate|admire|enjoy|enjoyed|am grateful|are grateful|loving)(?! (?:to|if|you
    |your|that|it\b(?! when)|it if|that|how))
    ^(?:absolutely |really |just )?(?:love|loved|loving|enjoyed)(?! (?:to|if|it if|that|how))|proud of
    impressed (?:by|with)
    grateful (?:for|to)|(?:can|could) not (?:fault|praise|do without|manage without|cope without|ask for|do it without)
    if it (?:was|were) not for|(?:nothing but|full of) praise|a (?:credit to|delight|pleasure to|joy)
    saved (?:my|our) (?:life|bacon|day)|hard ?working (?:team|bunch|people)
    best (?:\w+ ){0,3}(?:WE have|WE ever|ever|in (?:years|ages|the (?:trust|hospital)))|^best \w+ (?:i|we|in|ever)
    (?:has|have|had) ~(?:completely |totally )?(?:transformed|improved|got(?:ten)? ~(?:much |a lot |far )?better
    |been ~GOOD|helped (?:us|me|enormously|massively))
    (?:so much|far|a lot|much|miles|loads) (?:easier|better|quicker|happier|calmer|smoother|fairer|nicer|safer)(?=
    | (?:now|since)|\W{0,3}$)
    felt (?:\w+ ){0,2}(?:looked after|supported|welcome|valued|listened to)
    (?:he|she|they|manager|matron) (?:\w+ )?listens?
    ^(?:what an? |such an? |really |truly |a )?GOOD (?:team|people|staff|bunch|ward|service|support|work|colleagues
    |matron|manager|place)(?! (?:should|need|must|is|takes|means|would))
""")
"""What the writer is glad of."""

EXPERIENCE = compile_cues(r"""
    WE ~(?:(?:did|had|was|were) )?(?:not )?(?:PAST|HABIT)(?! (?:what you|your point|why|it differently|it as|the point
    |how|as|hoping|thinking|wondering|joking|confused|(?:an? bit|so|just) (?:hoping|thinking|confused)
    |the impression|that))
    WE (?:have|has) ~(?:not )?~(?:been|had|got|lost|seen|done|worked|tried|heard|known|found|no|the|two|three|four|five
    |six|seven|eight|nine|ten|one|\d+|started|met|left|waited|told|taken|gone|given|made|moved|\w+ed|several|some|many
    |few|our|this|these|little|nothing|\w+s)(?! (?:to (?:stop|find|start|change|make|accept|ask)|choice|right|duty))
    WE ~do (?!(?:not|need|want|think|believe|agree|feel|hope|know)\b)[\w']+
    WE (?:am|are) ~(?:told|asked|expected|short|down|left|blamed|on|in|at|sent|moved|given|treated|shouted|ignored
    |waiting|seven|six|five|four|three|two|\d+)
    WE can not (?:even )?(?:get|plan|find|take|book|log|access|see|order|recruit|fill|open|leave|sit|park|eat|print
    |reach)
    (?:on|in|at|from|for|to|across|within|with|of|round|where|inside) (?:my|our) (?:[\w'-]+ ){0,2}?(?:UNIT|OURS)
    (?:my|our) (?:[\w'-]+ ){0,2}?(?:UNIT|OURS) (?:\w+ )?(?:is|are|was|were|has|have|had|does|do|did|\w+s|PAST|HABIT)
    (?:happened|happens|came|told|asked|asks|tells|gave|gives|sent|leaves|left|listened|listens|visited|ignored|ignores
    |blames|blamed|promised|showed|treats?|treated|excluded|forgot|helped|took
    |takes|shouts) (?:\w+ )?(?:to |at )?(?:me|us)
    where (?:i|we) (?:am|are|work\w*|was|were)|(?:round|around|over|down|up) here|in my experience|my experience
    (?:^|(?<=, ))as an? [\w -]{3,30},? (?:i|we|my|our)(?! (?:agree|think|believe|would|hope|feel))
    when (?:i|we) (?:PAST|HABIT)
    (?:half|most|some|many|all|none|two|three|four|both|few|several|no one) of us (?!(?:should|need|would|could|can|want
    |will|know|think|like)\b)\w+
    no one (?:[\w'-]+ ){0,3}?(?:has|have|had|ever|was|were) (?:[\w'-]+ ){0,3}?(?:had|been|ever|asked|told|us|me|come
    |seen|back|heard|given|\w+ed)|no one (?:told|asked|asks|tells|listens to) (?:us|me)
    (?:they|management|the trust|it|hr|estates|the \w+) (?:(?:have|had|has|just|then) ){0,2}(?:changed|cancelled|moved
    |closed|told|promised|stopped|took|sent|gave|removed|brought|ignored|refused|scrapped) ...(?:us|our|my|me|we|i
    |without)
    TIME ...(?:i|we|us|our|my|me|had|was|were)|(?:i|we|us|our|my|me) ...TIME
    (?:us|we) (?:nurses|domestics|porters|clerks|hcas|cleaners|juniors|trainees|volunteers|night staff)
    my (?:last|first|old|previous) \w+|(?:staff|people|those|nurses) who ...(?:was|were) (?:told|moved|ignored|blamed)
""")
"""What the writer, or the writer's team, has lived through or sees where they work."""
