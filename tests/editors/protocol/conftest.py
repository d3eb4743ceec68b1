"""A server under test, and a client that has the captured capabilities of a real editor."""

import asyncio
import os

import pytest
import pytest_lsp
from lsprotocol import types
from pygls.capabilities import get_capability
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features
from pytest_lsp.protocol import LanguageClientProtocol
from pygls.protocol import default_converter

from strict import problems

# Longer than anything takes, in seconds; it turns a hang into a failure.
PATIENCE = 30

# Every version whose capabilities were captured and that differs in what the server looks at.
EDITORS = [
    "visual-studio-code@v1.65.2",
    "neovim@v0.6.1",
    "neovim@v0.9.1",
    "neovim@v0.10.0",
    "neovim@v0.11.0",
    "emacs@v29.1",
]

# The publication date that the tests' story goes by.
SETTINGS = {"date": "2018-02-12", "inlayHints": True}


class StrictProtocol(LanguageClientProtocol):
    """Also notes what the library drops in silence: unknown properties, wrong types, unknown methods."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.faults = []

    def structure_message(self, data):
        # The library calls this for every object inside a message as well.
        if "jsonrpc" not in data:
            return data
        method = data.get("method")
        if method is not None and self.get_message_type(method) is None:
            self.faults.append(f"the specification has no {method}")
        if "method" not in data and data.get("id") not in self._request_futures:
            self.faults.append(f"an answer that nobody waits for: {data}")
        sent = _copy(data)
        message = super().structure_message(data)
        self.faults += problems(sent, message, self._converter)
        return message


def _copy(value):
    """A deep copy of JSON: the library changes what it is given."""
    if isinstance(value, dict):
        return {key: _copy(inner) for key, inner in value.items()}
    return [_copy(inner) for inner in value] if isinstance(value, list) else value


class Editor(LanguageClient):
    """An editor with one story open at most."""

    def __init__(self):
        super().__init__(protocol_cls=StrictProtocol, converter_factory=default_converter)
        register_lsp_features(self, {**DEFAULT_CLIENT_FEATURES, **FEATURES})
        self.set_configuration(SETTINGS, section="copydesk")
        self.published = []
        self.registrations = []
        self.applied = []
        self.refreshed = []

    def can(self, name):
        """A capability, by its path in snake case."""
        return get_capability(self.capabilities, name, None)

    async def bounded(self, awaitable):
        return await asyncio.wait_for(awaitable, PATIENCE)

    async def until(self, condition):
        """Waits until something holds."""

        async def poll():
            while not condition():
                await asyncio.sleep(0.01)

        await self.bounded(poll())

    @property
    def pulls(self):
        return self.can("text_document.diagnostic") is not None

    async def find(self, uri, version):
        """The diagnostics of a version, asked for or waited for as the editor does."""
        if self.pulls:
            report = await self.bounded(
                self.text_document_diagnostic_async(
                    types.DocumentDiagnosticParams(text_document=types.TextDocumentIdentifier(uri=uri))
                )
            )
            assert isinstance(report, types.RelatedFullDocumentDiagnosticReport), report
            assert report.result_id
            return list(report.items)
        about = lambda: [p for p in self.published if p.uri == uri and p.version == version]
        await self.until(about)
        return list(about()[-1].diagnostics)


# The library hands over the client to a parameter of this name.
def _published(ls, params):
    ls.published.append(params)


def _register(ls, params):
    ls.registrations += params.registrations


def _apply(ls, params):
    ls.applied.append(params)
    return types.ApplyWorkspaceEditResult(applied=True)


def _refresh(name):
    return lambda ls, params: ls.refreshed.append(name)


FEATURES = {
    types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: _published,
    types.CLIENT_REGISTER_CAPABILITY: _register,
    types.WORKSPACE_APPLY_EDIT: _apply,
    types.WORKSPACE_DIAGNOSTIC_REFRESH: _refresh("diagnostics"),
    types.WORKSPACE_INLAY_HINT_REFRESH: _refresh("inlay_hint"),
    types.WORKSPACE_CODE_LENS_REFRESH: _refresh("code_lens"),
}


def _check_registrations(editor):
    """Only what the editor lets be registered may be."""
    names = {
        types.WORKSPACE_DID_CHANGE_CONFIGURATION: "workspace.did_change_configuration",
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES: "workspace.did_change_watched_files",
    }
    for registration in editor.registrations:
        name = names[registration.method]
        assert editor.can(f"{name}.dynamic_registration"), f"{registration.method} cannot be registered here"
    for name in editor.refreshed:
        assert editor.can(f"workspace.{name}.refresh_support"), f"{name} cannot be refreshed here"


@pytest_lsp.fixture(
    params=EDITORS,
    config=ClientServerConfig(
        server_command=[os.environ["COPYDESK"], "lsp"], client_factory=Editor, server_env=dict(os.environ)
    ),
)
async def editor(request: pytest.FixtureRequest, tmp_path, lsp_client: Editor):
    """An initialized session in an empty workspace, which must end well whatever the test did."""
    folder = types.WorkspaceFolder(uri=tmp_path.as_uri(), name="newsroom")
    lsp_client.folder = tmp_path
    lsp_client.answer = await lsp_client.bounded(
        lsp_client.initialize_session(
            types.InitializeParams(
                capabilities=client_capabilities(request.param),
                root_uri=folder.uri,
                workspace_folders=[folder],
                initialization_options=SETTINGS,
            )
        )
    )
    yield
    await lsp_client.bounded(lsp_client.shutdown_session())
    assert lsp_client._server.returncode == 0, "the exit status after shutdown"
    assert lsp_client.error is None, lsp_client.error
    assert lsp_client.protocol.faults == []
    complaints = [m for m in lsp_client.log_messages if m.type in (types.MessageType.Error, types.MessageType.Warning)]
    assert complaints == [], "what the server logged"
    _check_registrations(lsp_client)
    if lsp_client.pulls:
        assert lsp_client.published == [], "an editor that asks is not told"
