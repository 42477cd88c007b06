"""The words of jokes, denials, questions, offers of help and proposals."""

from __future__ import annotations

import re

from bot.summaries.engine.cues.patterns import compile_cues

JOKE = compile_cues(r"""
    lo+l|lmao|rofl|ha ?(?:ha)+|jk|only joking|just kidding|good luck|dream on|yeah,? right|flying pigs|tooth fairy
    santa|should be so lucky
    what a surprise|surprise,? surprise|just what (?:we|i) need(?:ed)?|do not hold your breath|in the post
    that will (?:do|fix|solve|show|sort) (?:it|them|everything)|definitely (?:fix|solve) (?:it|this|that|everything)
    ^(?:oh,? )?(?:GOOD|perfect),? (?:another|yet another|one more|just)
    ^(?:oh,? )?(?:yeah|yes|sure|of course),? (?:because|and the|cos)
    i am sure (?:someone|they|it)...(?:GOOD|clever)|working group to look into|answer ... is apparently
    thanks (?:to (?:the )?(?:cuts|government|delays?|reorganisation)|for nothing|a bunch)
    i will believe (?:it|that) when
    another (?:reorganisation|restructure|survey|poster|initiative)...(?:GOOD|will help)
""")
"""Jokes and sarcasm: what they seem to say is not meant."""
JOKE_MARK = re.compile(r"[;:]-?[)DP](?!\w)|[😂🤣😜😉🙃🙄]|\s/s\W{0,3}$")

DENIED = compile_cues(r"""
    (?:would|do|did|could|can) not (?:say|think|believe|call|see|agree)...(?:unsafe|risk\w*|dangerous|concern|problem)
    (?:no|not an?|hardly an?|never an?|without) (?:\w+ )?(?:risks?|dangers?|concerns?|worr(?:y|ies)|hazards?|proposals?)
    nothing (?:ever )?works|(?:not|never|hardly|nothing|no one) (?:\w+ )?~(?:GOOD|worked well|work well|works well)
    risks? (?:is|are|was|were) (?:\w+ ){0,3}(?:low\w*|small\w*|reduc\w+|gone)|(?:zero|low|little|0) risk
    risks? and benefits?
    not (?:have (?:an? )?|going to )?(?:fear|hurt|harm)|(?:if|whether) (?:\w+ ){1,2}should|you have to \w+
    the last thing (?:we|i) need|as it should be|that should do|should not (?:underestimate|forget|be surprised)
    not (?:think|believe) (?:that )?(?:we|they) ~need
    would be (?:(?:nice|great|lovely),? but|GOOD if (?:it|they) (?:\w+ed|did|was|were))|i am GOOD at
    (?:staff|people|managers|everyone|nurses|leaders) (?:is|are) (?:required|expected|supposed|meant) to .{0,400}
    not ~(?:even )?need(?:s|ed)?|an? (?:\w+ )?needs? to|i should (?:be (?:good|fine|ok|okay)|edit|mention|clarify|note)
    ^(?:(?:oh|wow|ok|okay|ah|yes|yeah),? ){0,3}that is (?:\w+ )?GOOD\W{0,3}$
    not (?:think|believe|say|mean) (?:that )?(?:[\w'-]+ ){1,5}should(?! not)|how i see it
    not ~(?:unsafe|dangerous|worried|concerned|afraid|scared|at risk)|can not help (?:but|thinking|feeling|noticing)
    we have been here before|risk (?:registers?|assess\w+|scores?|management|teams?|committees?|appetite|polic\w+
    |ratings?)
    (?:should|could|must|would) (?:have|of) (?:been|had|done|gone|told|seen|known|kept|left|got|made|sent|\w+(?:ed|en))
    i should (?:think|say|imagine|add|know)|should be ...by now|(?:must|have to|has to) (?:say|admit|confess)
    let us (?:be (?:honest|fair|frank|clear)|face it|hope|not pretend)|you should see|if you (?:want|need|like)
    (?:policy|report|guidance|law|rules?|contract|poster) (?:says?|states?) ...(?:must|should|need to|needs to)
    bullying policy|stress free|freedom to speak up guardian|fear of god|fall(?:s|ing)? (?:in|on|under|into|back)
    would (?:love|like) to ...but|no need to|someone else|all the time|(?:was|were) that
""")
"""Denials, fixed phrases and reported duties: they are taken out before other cues are sought."""

ASKS = compile_cues(r"""
    ^(?:(?:so|and|but|ok|okay|just|also|or|well|then) )?(?:how|what|when|where|who|which|whose) (?:do|does|did|can|could
    |should|would|is|are|was|were|will|has|have|happens?|decides?|pays|owns|runs|gets|i|many|much|come)
    ^(?:has|have|is|are|does|do|did|will|can|why) (?:the|it|this|that|there|we|they|you|any|bank|is|are|do|does|did)
""")
"""A question where the question mark was forgotten; a full stop says that it is none ("When I was there, ...")."""
ASKS_IN_WORDS = compile_cues(r"""
    ^(?:(?:so|and|please) )?(?:(?:does|do|has|have|can|could|would|is|will) )?(?:anyone|someone)(?: else)? (?:know
    |explain|tell|seen|tried|got|clarify|heard)
    WE (?:would |do |am |was |just |be )*~(?:wonder|wondering|curious|like to know|love to know|interested to (?:know
    |hear)|like to understand) (?:if|how|why|what|whether|who|when|where|which|about)
    ^(?:genuine |serious |quick |one )?question ?[:-]
""")
"""A question whatever mark it ends in."""
RHETORICAL = re.compile(
    r"^(?:is|are|was|were|do|does|did|has|have) not "
    r"|^(?:since when|who (?:would|could) (?:disagree|have thought)|who knew|who cares|so what|why bother"
    r"|what is the point|.{0,500}who (?:can|could) blame |why would (?:they|anyone|you))\b"
    r"|[,–-] ?(?:(?:is|are|was|do|does|did|should|would|could|can|have|has|will) (?:not )?"
    r"(?:it|they|we|you|i|he|she|there)|right|no|yes|ok|okay|eh|really|innit|is not it|do not you think) ?\?+\W{0,3}$"
)
"""Questions that expect no answer."""

OFFER = compile_cues(r"""
    (?:WE|team|us) (?:(?:am|are|will|would|can|could|is) )?(?:be )?~(?:be )?(?:happy|glad|willing|prepared|pleased
    |delighted) (?:to|for) (?!(?:see|hear|report|say|know|learn|find|leave|work)\b)\w+
    AT~(?:happy|glad|willing) (?:to|for) (?!(?:see|hear|report|say|know|learn|find|leave|work)\b)\w+
    WE (?:will|can|could|would|am|are) ~(?:gladly |happily |(?:like|love) to )?(?:help(?= (?:with|you|anyone|out|if
    |set|run|to|test|train|new|other)|[.,!]|$)|share|show|teach|lend|host
    |volunteer|offer|join|run an?|do an?|talk you|walk you|bring|send (?:you|it)|take part|be part of|give you)
    would (?:gladly|happily|love to (?:help|host|share|show|take part|join|trial))|(?:i|we) volunteer
    AT(?:just |do |always )?(?:come|pop|drop|call|swing|nip|feel free to come) (?:and (?:see|visit|find|join|look|watch)
    |in|by|over|along|down|up|round)
    AT(?:just )?(?:ring|email|message|text|pm|dm|ask) (?:me|us)|(?:give|drop|send|ping) (?:me|us) an? (?:shout|message
    |ring|call|line|email|bell|text)
    count (?:me|us) in|sign me up|put (?:my|our) names? (?:down|forward)|(?:my|our) doors? (?:is|are) (?:always )?open
    i am (?:in|up for it|up for that)(?=[,.]|$)
    (?:feel free|(?:are|is|be|very|always|most|more than|also) welcome) (?:to|at) \w+|let (?:me|us) know if you
    if (?:anyone|you|someone) (?:wants?|would like|needs?|fancy|fancies)...(?:just ask|shout|ask me|WE (?:can|will
    |could))
    i (?:do|would) not mind (?:showing|helping|sharing|doing|running|giving|being|taking|coming|joining|teaching
    |explaining|sending|talking)
    (?:can|could|may|shall) i (?:help|offer|share|lend|send)
""")
"""Help that the writer offers."""

ASKED_PROPOSAL = compile_cues(r"""
    (?:could|can) (?:not )?we (?!(?:know|ask|see (?:who|what|how|why)|find out|trust|afford|expect|say|blame
    |believe)\b)\w+
    (?:could|can) (?!(?:anyone|someone|you|i)\b)(?:[\w'-]+ ){1,10}?please|why not
    why (?:do|does|can|could) not (?:we|they|the)
    ^(?:\w+ )?could (?!(?:anyone|someone|you|i|that|it be)\b)(?:[\w'-]+ ){1,4}(?:be|have|show|stay|open|get|come|do
    |take|go|run
    |share|send|give|use|stop|join|work)
    why (?:can|do|could) (?:we|they) not|what if (?:we|the|they|every|each|all|managers|staff|someone|there)
    ^(?:(?:and|so|or|but|maybe) )?(?:what|how) about (?!(?:the (?:people|staff|rest|others)|us|those|people|me)\b)\w+
    (?:should|ought) not (?:we|they|the|there|every|all|it)|should we not|shall we|is it worth \w+ing
    would (?:not )?it (?:not )?(?:be|help|make)|any chance (?:of|we|that)|is there any way we
    have (?:we|they|you) (?:ever )?(?:thought (?:of|about)|considered|tried)
""")
"""Proposals that are put as a question."""

PROPOSAL = compile_cues(r"""
    should|ought|shld|must not|must (?!be\b)\w+|must be (?:able|allowed|given|told|heard|made|\w+ed)|everyone deserves
    ACT (?:have|has|have all) (?:got )?to (?!(?:have|wait|be|go|do|use|share|pay|buy|ask|fill|walk|work|queue
    |come)\b)\w+
    (?:have|has) got to (?:stop|start|change|be|make|get|do|find)
    (?!(?:not|to|all)\b)[\w']+ ~needs? (?:to (?!know (?:who|why|what|how))\w+|an?|more|better|some|someone|less|fewer
    |proper|clear|regular|one|the|feedback|training|access|time|two|three|six|\w+ing|\w+ed)
    we ~need [\w']+|what we ~(?:need|want)|all (?:we|i) (?:want|ask)|ATlet us \w+
    (?:high|about|it is|^) ?time (?:to|for|we|they|the trust) \w+|what if we|how about|why not
    i wish (?:we|they|the|there)
    WE would ~(?:like|love|prefer|appreciate|welcome|suggest|propose|recommend|urge|argue) (?!to (?:know|understand
    |think|say|thank|believe|help|share|join|see (?:who|how|what|why|if)))[\w']+
    WE ~(?:suggest|propose|recommend|vote for|urge|want (?:to see|more|less|the|an?|someone|them|managers|our))
    (?:my|our|one|another) (?:\w+ )?(?:suggestion|proposal|recommendation|plea|idea|solution|way forward)
    (?:answer|solution|fix) is to
    (?:it|that|this|which) (?:would|might|could) ~(?:be )?~(?:GOOD|good|nice|better|useful|easier|fairer|help
    |make sense)
    ^would (?:also )?be ~(?:GOOD|good|nice|better|useful)
    would ~(?:help|solve|save|go a long way|do (?:much|more|a lot|wonders) (?:to|for)|be a start)
    please(?! (?:see|find|note|correct|forgive))|if only|make it part of|long overdue
    ACT could ~(?:at least |easily |maybe |try |then )?(?:try|have|use|start|stop|share|send|text|ask|make|give|put|do
    |set|take|bring|run|move|offer|swap|join|pair|come|publish|write|tell|let|meet|rotate|train|look|be (?:given|asked
    |told))
    (?:perhaps|maybe) ...(?:could|try|have an?)|(?:more|fewer|better|longer|another) (?:[\w'-]+ ){1,5}would help
    AT(?:bring back|scrap|abolish|get rid of|listen to|set up|invest in|hire|publish|reopen|introduce|include|involve
    |simplify|invite|appoint|protect|provide|remove|bin|ditch|ban|recruit|replace|reduce|rotate) (?!by\b)[\w']+
    AT(?:give|put|make|pay|tell|ask|cut|move|train|stop|start|keep|let|get|use|hold|send|try|fix|open|spend|write|swap
    |pair|share|show|sort|teach|spread|drop|close|ring|walk|test) (?:the|an?|all|us|them|it|more|up|every|each|one|two
    |sure|staff|people|managers|these|this|sending|asking|making|doing|wards?|families|meetings|out|with|less|fewer
    |those|our|money|plain|patients|nurses|someone|bank|clear|proper|new)
    ^(?:more|fewer|less|better) (?!(?:often|than|likely|and more|to|or)\b)[\w ]{3,40} (?:at|on|for|in) [\w ]{3,30}$
""")
"""What the writer wants done."""
