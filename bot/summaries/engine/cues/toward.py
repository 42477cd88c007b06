"""The words by which a writer says that the passage is right, is wrong, or misses something.

Those in the tables ``..._OF_IT`` are said of anything, so they count only beside a word of the passage.
"""

from __future__ import annotations

from bot.summaries.engine.cues.patterns import compile_cues

UNSURE = compile_cues(r"""
    (?:if|whether|unless|not sure|unsure|in case) (?!only)[^,.;]{0,80}
    (?:not|hardly) (?:think|believe|say|feel) [^,.;]{0,80}
    (?:who|whoever|those who|anyone who|people who) (?:think|thinks|say|says|believe|believes) [^,.;]{0,80}
""")
"""What is not said outright: it is taken out before support is sought."""

SUPPORTS = compile_cues(r"""
    (?<!not )(?<!fully )(?<!entirely )agree (?:~)(?:(?:fully|completely|totally|\d+%) )?with (?:REPORT|this
    |what is (?:written|said)
    |what it says|all of (?:this|it)|every word|every line|the (?:point|view|conclusion)s? (?:here|above|in))(?!,? but
    | up to)
    could not agree more(?! with (?!this|the report|REPORT))
    REPORT (?:is|are|was|were) (?:(?:quite|absolutely|completely|so|entirely|exactly|dead) )?(?:right|correct|spot on
    |accurate|true)
    REPORT (?:has|have|gets?|got|puts?) (?:got )?(?:(?:this|it|that) )?(?:exactly |about |just )?right
    what REPORT says (?:here )?is ~(?:right|correct|true|accurate|spot on)
    REPORT (?:speaks|says it) (?:for us|all|for me)
    (?:this|that|it) is (?:exactly|precisely|just|also) (?:what|how|it|the way) (?:happen(?:s|ed)|it (?:is|works|goes
    |feels)|we|i|my|our)
    (?:this|that|it) is (?:exactly |precisely |also )?(?:my|our) (?:own )?experience
    exactly (?:what happens|how it (?:is|works))
    this is what we have (?:all )?been saying|rings? (?:so |very )?true|nothing (?:here )?to disagree with
    (?<!not )(?<!never )true (?:too )?HERE|(?:this|that) is ~true (?:of|for) (?:us|my|our|me)
    ^(?:so |very |all too )?true HERE
    (?<!not )recogni[sz]e (?:this|every word|all of (?:this|it)|(?:this|the) picture)(?! at all)
    (?:this|REPORT|it) ~(?:describes|matches|reflects|mirrors|captures|sums up) (?:~)(?:our|my|us|what|exactly|the way)
    can (?:only )?confirm (?:this|that|it|what REPORT)
    (?:i|we) ~see (?:this|the same) ~(?:too|here|as well|every|happen)
""")
SUPPORTS_OF_IT = compile_cues(r"""
    ^(?:so|very|all too|absolutely|completely) true(?=[,.!]|$)|^(?:same|likewise) here|^spot on|^hear,? hear
    ^couldn't agree more
""")

CHALLENGES = compile_cues(r"""
    REPORT ~(?:\w+ly )?(?:overlooks?|forgets?|ignores?|underestimates?|overestimates?|exaggerates?|overstates?
    |misunderstands?
    |simplifies|oversimplifies|glosses over|misrepresents?|contradicts?|paints?|is not ~(?:true|right|correct
    |realistic))
    REPORT (?:is|are|was|were) (?:\w+ )?(?:wrong|mistaken|naive|unrealistic|out of (?:touch|date)|unfair|one-sided
    |biased|dated|outdated|idealistic|simplistic|misleading|nonsense|rubbish|patronising|too (?:rosy|simple|kind|harsh
    |optimistic))
    REPORT (?:has|have|gets?|got) (?:got )?(?:this|it|that) ~(?:\w+ )?wrong
    REPORT (?:has|have) (?:clearly |obviously )?never|whoever wrote (?:this|that|it|REPORT)
    (?:i|we) (?:(?:would|do|must|have to) )?~(?:\w+ly )?disagree with (?:this|REPORT|what it says|what is (?:said
    |written))
    not (?:~)(?:at all )?agree with (?:this|REPORT|what it says|what is (?:said|written))
    not (?:think|believe|feel) (?:that )?REPORT (?:is|has|have|are) (?:\w+ ){0,3}(?:right|correct|accurate|realistic)
    not ~recogni[sz]e (?:this|any of (?:this|it)|the picture|what REPORT)
    ^(?:absolutely )?not HERE|(?:certainly|definitely|sadly) not HERE|^(?:\w+ )?not (?:true|so|the case) HERE
    (?:that|this|it) is (?:simply |just |certainly )?not (?:what happens|how it (?:is|works|goes|feels)|(?:true
    |the case) HERE|(?:my|our) experience|what (?:i|we) (?:see|saw|have seen|find)|the reality)
    this (?:would|could|will) (?:never|not) work(?! out| for free)
    (?:this|it) does not (?:~)(?:reflect|match) (?:my|our|what|the reality)
    (?:that|this|it) is (?:\w+ )?(?:unrealistic(?! to)|wishful thinking|pie in the sky|far from (?:reality|the (?:truth
    |reality)))
    (?:not|never) (?:\w+ )?(?:convinced|persuaded) by (?:this|REPORT)
    the (?:very |exact )?(?:opposite|reverse) is (?:true|the case|what happens)|(?:quite|just|exactly) the opposite HERE
    (?:figures?|numbers?|claims?|data|statistics) (?:in|of|from) REPORT (?:does|do|are|is|can) not
    not believe (?:REPORT|a word of (?:this|it)|(?:the|these|this|that) (?:figures?|numbers?|claims?))
    if only (?:that|this|it) (?:was|were) (?:true|so|the case)|wish (?:that|this|it) (?:was|were) true
    (?:sounds|reads|looks) (?:very )?(?:nice|lovely|good|fine|great) (?:on paper )?but ...(?:reality|not|never)
    ^(?:nice|fine) words,? but
""")
CHALLENGES_OF_IT = compile_cues(r"""
    (?:i|we) (?:\w+ )?disagree|^(?:nonsense|rubbish|not true|untrue|wrong)(?=[,.!:])|(?:myth|fairy ?tale)
    is not the (?:real |main )?(?:problem|reason|cause|issue|answer|solution)
    not (?:think|believe) ...(?:is|are) the (?:real |main )?(?:problem|reason|cause|issue|answer|solution)
""")

EXTENDS = compile_cues(r"""
    REPORT (?:(?:does|do|did|has|have) not|never|hardly|barely|fails? to|failed to) (?:even |really |once )?(?:say
    |mention(?:s|ed)?|says|said|cover(?:s|ed)?|address(?:es|ed)?|talks?|asks?|looks?|touch(?:es)?|includes?|considers?
    |discuss(?:es)?|goes?|deals?)
    REPORT (?:misses|miss|leaves? out|left out|omits?|omitted|says? (?:very )?(?:nothing|little)|is silent|has nothing
    |stops short)
    no one in REPORT (?:\w+ly )?(?:asks?|asked|mentions?|says?|talks?)
    (?:what|one thing|something|the thing|the bit) (?:that )?(?:~)(?:is )?missing (?:here |from (?:this|REPORT) )?is
    (?:~)missing (?:from|in) (?:this|REPORT)|no mention (?:here )?of ...(?:here|in (?:this|REPORT))
    left out of (?:this|REPORT)
    (?:REPORT|they|it) should (?:also )?have (?:also )?(?:asked|looked|included|mentioned|covered|gone further|said)
    the same (?:goes|applies|holds|is true|can be said) (?:for|to|of)
    (?:this|that|it) ~(?:applies|goes) (?:just as much )?(?:to|for)
    (?:i|we) would ~(?:add (?:that|to (?:this|that)|one)|go (?:a step |one step |even )?further|include)
    another side to (?:this|it|that)|there is ~more to (?:this|it|that)(?! than i)|to add to (?:this|that|REPORT)
""")
EXTENDS_OF_IT = compile_cues(r"""
    not (?:just|only|merely) ...(?:also|as well|too|but|it is|(?:so|what) (?:is|are|about))
""")
