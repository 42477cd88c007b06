"""simcord's preview of a channel, made to move from one to the next, and its server with our page around it."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar

import simcord
from aiohttp import web
from simcord import ChannelHandle
from simcord.actors import MemberActor
from simcord.preview import Preview, _diagnostics, _server
from simcord.preview._server import PreviewServer

from bot.demo.simcord_inside.backend import drop_thread_notices
from bot.demo.simcord_inside.wording import FAILED, OUR_WORDS, SCRIPTS, STALE, rewrite_script, use_own_words

STATIC = Path(__file__).parent.with_name("static")
FRAMED_BY_US = PreviewServer._SECURITY_HEADERS["Content-Security-Policy"].replace(
    "frame-ancestors 'none'", "frame-ancestors 'self'; frame-src 'self'"
)
OwnRoutes = Callable[["Stage", web.Application], None]
WORDS_FILE = "/backend-diagnostics.json"
KEPT_REVISIONS = 50
"""How many revisions of an open page are remembered, to know what somebody saw when they pressed."""
PORT_TAKEN = "Port {port} is taken. Choose another with --port."
PAGE_ACTS = frozenset({"history", "refresh", "configure_presentation"})
"""What simcord's page does by itself, such as loading what was written before."""


class Stage:
    """simcord's preview of one channel, made to move: it shows any channel, as any member, on one page.

    ``controls`` are further routes of our own on the same server and port, so that the visitor has one address.
    """

    def __init__(self, channel: ChannelHandle, members: Iterable[MemberActor], port: int, own: OwnRoutes) -> None:
        self.env = channel._env
        self.channel = channel
        self.turn = asyncio.Lock()
        self.preview: Preview = self.env.preview(
            channel,
            viewers=list(members),
            layout="channel",
            locale="en-GB",
            timezone="Europe/London",
            port=port,
        )
        self.server = StageServer(self, port, own)
        self.preview._server = self.server
        self._shown: tuple[Any, ...] = ()
        self.trouble = ""
        """Why what the visitor did last did nothing, in words for them; empty where it did."""
        self.is_own_act = False
        """Whether the page itself acted last, as when it loads older messages; nobody waits for its outcome."""
        use_own_words()
        self._published: dict[tuple[str, int], dict[str, str]] = {}
        self._publish_page, self._act = self.preview._publish, self.preview._action
        self._newest_of = self.preview._initial_target
        self.preview._initial_target = self._open_at  # type: ignore[assignment,method-assign]
        self.preview._publish = self._remember  # type: ignore[method-assign]
        self.preview._action = self._act_again  # type: ignore[method-assign]

    async def __aenter__(self) -> Stage:
        await self.preview.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.preview.close()

    @property
    def address(self) -> str:
        """Where the page is served, without the token."""
        return f"http://127.0.0.1:{self.server.port}/"

    @property
    def token(self) -> str:
        """What a request has to carry, so that no other page on this machine can act here."""
        return self.preview.capability

    def show(self, channel: ChannelHandle, member: MemberActor) -> None:
        """Show another channel, or the same one as another member, on every page, also on one that is opened later."""
        self.channel = self.preview.channel = channel
        self.preview.viewers = (member, *(known for known in self.preview.viewers if known.id != member.id))
        for page in self.preview._pages.values():
            page.viewer, page.channel_id = member, channel.id
            page.target_id = self.preview._initial_target(member, channel.id)
            page.window_end_id = None
            page.modal = page.modal_handle = None
            page.generation += 1
            page.navigation_query, page.navigation_cursor = "", None
            page.candidate_queries.clear()
        self.publish(always=True)

    def _open_at(self, member: MemberActor, channel_id: int) -> int | None:
        """Return the message at which a channel opens: the card of its newest thread, or else its newest message."""
        newest = self._newest_of(member, channel_id)
        threads = [known.id for known in self.env.backend.channels.values() if known.parent_id == channel_id]
        cards = self.env.backend.messages.get(channel_id, {}).keys() & set(threads)
        return max(cards, default=newest) if newest is not None else None

    def publish(self, *, always: bool = False) -> None:
        """Bring the open pages up to date if something changed (each new revision voids a click on its way)."""
        drop_thread_notices(self.env)
        shown = self._fingerprint()
        if shown == self._shown and not always:
            return
        self._shown = shown
        self.preview._advance_presentation_time()
        for page in tuple(self.preview._pages.values()):
            self.preview._publish(page, reason="refresh")

    def _remember(self, page: Any, **how: Any) -> None:
        """Publish a page, and keep what could be pressed on it then."""
        self._publish_page(page, **how)
        self._published[page.id, page.revision] = self._controls(page.channel_id)
        for revision in list(self._published)[:-KEPT_REVISIONS]:
            del self._published[revision]

    async def _act_again(self, context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        """Act as somebody did; try it once more where the page had changed, and what they pressed had not."""
        answer: dict[str, Any] = await self._act(context_id, body)
        page = self.preview._pages.get(context_id or "")
        if page is not None and STALE in _codes(answer) and self._is_unchanged(page, body):
            answer = await self._act(context_id, {**body, "published_revision": page.revision})
        self.is_own_act = body.get("kind") in PAGE_ACTS
        if not self.is_own_act:
            self.trouble = next((OUR_WORDS.get(code, FAILED) for code in _codes(answer)), "")
        return answer

    def _is_unchanged(self, page: Any, body: Mapping[str, Any]) -> bool:
        """Say whether the card that somebody pressed is the one that they saw; what has no card always is."""
        seen = self._published.get((page.id, body.get("published_revision") or 0))
        target = str(body.get("target_id") or "")
        return seen is not None and (not target or seen.get(target) == self._controls(page.channel_id).get(target))

    def _controls(self, channel_id: int) -> dict[str, str]:
        """Return the cards of a channel's messages, by the messages' ids."""
        messages = self.env.backend.messages.get(channel_id, {}).values()
        return {str(message.id): json.dumps(message.components, default=str) for message in messages}

    def _fingerprint(self) -> tuple[Any, ...]:
        messages = self.env.backend.messages.get(self.channel.id, {}).values()
        reactions = sum(len(reaction.user_ids) for message in messages for reaction in message.reactions)
        last_edit = max((message.edited_timestamp or "" for message in messages), default="")
        return self.env._generation, self.channel.id, tuple(message.id for message in messages), reactions, last_edit


def _codes(answer: Mapping[str, Any]) -> list[str]:
    """Return what went wrong with a press, in simcord's codes."""
    return [diagnostic["code"] for diagnostic in answer.get("diagnostics") or ()]


class StageServer(PreviewServer):
    """simcord's preview server with our page at the root, its own page below /preview, and our routes beside them."""

    _SECURITY_HEADERS: ClassVar[dict[str, str]] = {
        **PreviewServer._SECURITY_HEADERS,
        "X-Frame-Options": "SAMEORIGIN",
        "Content-Security-Policy": FRAMED_BY_US,
    }

    def __init__(self, stage: Stage, port: int, own: OwnRoutes) -> None:
        super().__init__(stage.preview, port)
        self._stage = stage
        self._own = own

    async def start(self) -> None:
        """Bind 127.0.0.1. Raises SetupError when the port is taken."""
        _server.web = web  # type: ignore[attr-defined] # simcord's own start() sets it, which is replaced here
        app = web.Application(handler_args={"handler_cancellation": False})
        for route in self._STATIC_FILES:
            app.router.add_get(*self._place(route))
        app.router.add_post("/api/pages", self._pages)
        app.router.add_delete("/api/pages/{context_id}", self._delete_page)
        app.router.add_get("/api/state", self._state)
        app.router.add_get("/api/commands", self._commands)
        app.router.add_get("/api/action-result", self._action_result)
        app.router.add_post("/api/action", self._action)
        app.router.add_get("/api/assets/{asset_id}", self._asset)
        self._own(self._stage, app)
        self.runner = web.AppRunner(app, access_log=None)
        await self.runner.setup()
        self.site = web.TCPSite(self.runner, "127.0.0.1", self._requested_port)
        try:
            await self.site.start()
        except OSError as error:
            raise simcord.SetupError(PORT_TAKEN.format(port=self._requested_port)) from error
        self.port = int(self.runner.addresses[0][1])

    def _place(self, route: str) -> tuple[str, Callable[[web.Request], Awaitable[web.StreamResponse]]]:
        """Return where one of simcord's files is served, and by what: its page is framed, its words are ours."""
        if route == "/":
            return "/preview", self._framed
        if route in SCRIPTS:
            return route, self._script
        return route, self._words if route == WORDS_FILE else self._static

    async def _script(self, request: web.Request) -> web.Response:
        if not self.known_host(request):
            raise web.HTTPForbidden
        text = rewrite_script(request.path)
        return web.Response(text=text, content_type="application/javascript", headers=self._SECURITY_HEADERS)

    async def _words(self, request: web.Request) -> web.Response:
        if not self.known_host(request):
            raise web.HTTPForbidden
        return web.json_response(_diagnostics._CATALOG, headers=self._SECURITY_HEADERS)

    def allows(self, request: web.Request) -> bool:
        """Say whether a request comes from our own page: its host, its origin if it names one, and the token."""
        own = {f"http://{host}" for host in self._allowed_hosts()}
        return (
            self.known_host(request)
            and request.headers.get("Origin", next(iter(own))) in own
            and secrets.compare_digest(request.headers.get("X-Demo-Token", ""), self.preview.capability)
        )

    @property
    def headers(self) -> dict[str, str]:
        """Sent with each answer: nothing is cached, framed elsewhere or loaded from elsewhere."""
        return self._SECURITY_HEADERS

    def known_host(self, request: web.Request) -> bool:
        """Say whether a request names this server by a name of its own, and not by one that was made to lead here."""
        return request.headers.get("Host", "") in self._allowed_hosts()

    def file(self, request: web.Request, name: str, content_type: str) -> web.Response:
        """Return one of our own static files."""
        if not self.known_host(request):
            raise web.HTTPForbidden
        text = (STATIC / name).read_text(encoding="utf-8")
        return web.Response(text=text, content_type=content_type, headers=self._SECURITY_HEADERS)

    async def _framed(self, request: web.Request) -> web.Response:
        if not self.known_host(request):
            raise web.HTTPForbidden
        page = (Path(_server.__file__).with_name("static") / "index.html").read_text(encoding="utf-8")
        page = page.replace("</head>", '<link rel="stylesheet" href="/framed.css"></head>')
        return web.Response(text=page, content_type="text/html", headers=self._SECURITY_HEADERS)

    async def _action(self, request: web.Request) -> web.Response:
        # simcord refuses two operations at once, so the visitor's click waits for a tick of the clock to end.
        async with self._stage.turn:
            response: web.Response = await super()._action(request)
            return response
