"""Operations of the REST API: each is declared once, and served, validated and described (OpenAPI 3.1) from it.

A capability lists its ``Operation`` rows in ``app/<capability>/api.py``. Views read parameters through the objects of
their row (``LIMIT.value()``), so that validation and description agree; the schema of a body is that of the class that
``body`` decodes. Schemas of answers are data (``resources/openapi.yaml``).

The row is the documentation of its view; a view has a docstring for what its row does not say. Each kind of parameter
has ``value()`` (``values()``), the argument of the present request, and ``described()``, its object of OpenAPI, as
bodies and answers do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import msgspec
from flask import Blueprint, request

from app.api_checks import (
    View,
    of_known_arguments,
    of_known_fields,
    of_known_values,
    of_media_types,
    of_no_body,
    of_single_arguments,
)
from extraction.errors import RogatioError
from indexing.store.schema import MAX_NUMBER

_CONVERTER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
_JSON = "application/json"


def ref(schema: str) -> dict[str, Any]:
    """Return a reference to a schema of ``resources/openapi.yaml``."""
    return {"$ref": f"#/components/schemas/{schema}"}


@dataclass(frozen=True, slots=True)
class Whole:
    """An integer in the query string, between ``least`` and ``most``; without default if ``usual`` is None."""

    name: str
    usual: int | None = None
    least: int = 0
    most: int = MAX_NUMBER
    description: str = ""

    def value(self, without: int = 0) -> int:
        """Return the number of this request, else ``usual``, else ``without``.

        Raises ``app.bad_parameter`` for anything but a number within the bounds.
        """
        given = request.args.get(self.name)
        if given is None:
            return without if self.usual is None else self.usual
        try:
            number = int(given)
        except ValueError as error:
            raise RogatioError("app.bad_parameter", name=self.name) from error
        if not self.least <= number <= self.most:
            raise RogatioError("app.bad_parameter", name=self.name, least=self.least, most=self.most)
        return number

    def described(self) -> dict[str, Any]:
        bounds = {"type": "integer", "minimum": self.least, "maximum": self.most}
        schema = bounds if self.usual is None else bounds | {"default": self.usual}
        return _parameter(self.name, schema, self.description)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of ``known`` values in the query string; a ``deprecated`` parameter is another name of a newer one."""

    name: str
    known: Collection[str]
    usual: str = ""
    description: str = ""
    example: Any = None
    deprecated: bool = False

    def value(self) -> str:
        """Return the value of this request, else ``usual``; raises ``app.bad_parameter`` for an unknown one."""
        return _known(self.name, request.args.get(self.name, self.usual), self.known)

    def described(self) -> dict[str, Any]:
        schema = {"type": "string", "enum": list(self.known)}
        usual = {"default": self.usual} if self.usual in self.known else {}
        described = _parameter(self.name, schema | usual, self.description, self.example)
        return described | ({"deprecated": True} if self.deprecated else {})


@dataclass(frozen=True, slots=True)
class Text:
    """Text in the query string; ``schema`` extends its description, and the view validates it."""

    name: str
    longest: int = 0
    schema: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""
    example: Any = None
    required: bool = False

    def value(self) -> str:
        """Return the text of this request, empty without it."""
        return request.args.get(self.name, "")

    def described(self) -> dict[str, Any]:
        schema = {} if "$ref" in self.schema else {"type": "string"}
        longest = {"maxLength": self.longest} if self.longest else {}
        return _parameter(
            self.name, schema | longest | dict(self.schema), self.description, self.example, self.required
        )


@dataclass(frozen=True, slots=True)
class Several:
    """A repeatable argument; with ``known``, each value must be one of these."""

    name: str
    known: Collection[str] = ()
    schema: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""
    example: Any = None

    def values(self) -> tuple[str, ...]:
        """Return the values of this request, in order; raises ``app.bad_parameter`` for an unknown one."""
        given = request.args.getlist(self.name)
        return tuple(_known(self.name, value, self.known) if self.known else value for value in given)

    def described(self) -> dict[str, Any]:
        items = {"type": "string"} | ({"enum": list(self.known)} if self.known else {})
        return _parameter(
            self.name, dict(self.schema) or {"type": "array", "items": items}, self.description, self.example
        )


@dataclass(frozen=True, slots=True)
class Header:
    """An optional header of visible ASCII characters."""

    name: str
    description: str = ""
    longest: int = 255

    def value(self) -> str:
        """Return the header of this request, empty without it; raises ``app.bad_parameter`` for another value."""
        given: str = request.headers.get(self.name, "").strip()
        if len(given) > self.longest or not all("!" <= character <= "~" for character in given):
            raise RogatioError("app.bad_parameter", name=self.name)
        return given

    def described(self) -> dict[str, Any]:
        schema = {"type": "string", "pattern": f"^[!-~]{{1,{self.longest}}}$"}
        return _parameter(self.name, schema, self.description) | {"in": "header"}


Parameter = Whole | Choice | Text | Several | Header


def _known(name: str, value: str, known: Collection[str]) -> str:
    if value not in known:
        raise RogatioError("app.bad_parameter", name=name)
    return value


def _parameter(
    name: str, schema: dict[str, Any], description: str = "", example: Any = None, required: bool = False
) -> dict[str, Any]:
    parameter: dict[str, Any] = {"name": name, "in": "query", "schema": schema}
    parameter |= {"description": description} if description else {}
    parameter |= {"example": example} if example is not None else {}
    return parameter | ({"required": True} if required else {})


@dataclass(frozen=True, slots=True)
class JsonBody:
    """A JSON body decoded as ``kind``.

    ``refined`` adds to the schemas of its properties what types cannot express (values of a code, a schema of the
    components), ``rules`` to the whole (which property requires which other).
    """

    accepted: ClassVar[tuple[str, ...]] = (_JSON,)
    kind: type
    example: Mapping[str, Any]
    refined: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    rules: Mapping[str, Any] = field(default_factory=dict)

    def described(self) -> dict[str, Any]:
        schema = _inlined(msgspec.json.schema(self.kind))
        for name, more in self.refined.items():
            held = {} if "$ref" in more or "anyOf" in more else schema["properties"].get(name, {})
            schema["properties"][name] = held | dict(more)
        return {
            "required": True,
            "content": {_JSON: {"example": self.example, "schema": schema | dict(self.rules)}},
        }


def _inlined(schema: Any, definitions: Mapping[str, Any] | None = None) -> Any:
    """Return a schema of msgspec with its definitions inlined, without titles and descriptions of classes."""
    if isinstance(schema, list):
        return [_inlined(item, definitions) for item in schema]
    if not isinstance(schema, dict):
        return schema
    known = schema.get("$defs", definitions or {})
    if "$ref" in schema:
        return _inlined(known[schema["$ref"].rpartition("/")[2]], known)
    drop = {"$defs", "title"} | ({"description"} if schema.get("type") == "object" else set())
    closed = {"additionalProperties": False} if "properties" in schema else {}
    return {name: _inlined(part, known) for name, part in schema.items() if name not in drop} | closed


@dataclass(frozen=True, slots=True)
class Form:
    """A body of ``multipart/form-data``, or without files as browsers send other forms."""

    accepted: ClassVar[tuple[str, ...]] = ("multipart/form-data", "application/x-www-form-urlencoded")
    schema: Mapping[str, Any]

    def described(self) -> dict[str, Any]:
        closed = {**self.schema, "additionalProperties": False}
        return {"required": True, "content": {"multipart/form-data": {"schema": closed}}}


@dataclass(frozen=True, slots=True)
class Answer:
    """A successful response: a JSON ``schema``, or ``content`` of other types, or nothing (204)."""

    description: str
    schema: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    content: Mapping[str, Any] = field(default_factory=dict)
    located: bool = False

    def described(self) -> dict[str, Any]:
        content = dict(self.content) or ({_JSON: {"schema": dict(self.schema)}} if self.schema else {})
        headers = {"headers": {"Location": {"schema": {"type": "string"}}}} if self.located else {}
        return {"description": self.description} | headers | ({"content": content} if content else {})


def object_of(schema: str, description: str, status: int = 200) -> Answer:
    """Return a response that is one object of a schema."""
    return Answer(description, ref(schema), status)


def list_of(name: str, schema: str, description: str) -> Answer:
    """Return a response that is an object with one list, ``name``."""
    listed = {name: {"type": "array", "items": ref(schema)}}
    return Answer(description, {"type": "object", "required": [name], "properties": listed})


def no_content(description: str) -> Answer:
    """Return a response without a body."""
    return Answer(description, status=204)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: ``rule`` is Flask's, ``id`` is that of OpenAPI, ``endpoint`` is for building addresses."""

    rule: str
    view: View
    id: str
    tag: str
    summary: str
    answer: Answer
    method: str = "GET"
    endpoint: str = ""
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    body: JsonBody | Form | None = None
    is_open: bool = False  # requires neither session nor token
    also: tuple[Answer, ...] = ()  # other successful responses

    @property
    def path(self) -> str:
        """Return the path with its parameters as OpenAPI writes them, ``/accounts/{principal}``."""
        return _CONVERTER.sub(lambda found: f"{{{found['name']}}}", self.rule)

    def described(self, in_paths: Mapping[str, Any]) -> dict[str, Any]:
        """Return the operation in OpenAPI; ``in_paths`` are the known path parameters by name."""
        description: dict[str, Any] = {"operationId": self.id, "tags": [self.tag], "summary": self.summary}
        description |= {"description": self.description} if self.description else {}
        parameters = [_in_path(found, in_paths) for found in _CONVERTER.finditer(self.rule)]
        parameters += [parameter.described() for parameter in self.parameters]
        description |= {"parameters": parameters} if parameters else {}
        description |= {"requestBody": self.body.described()} if self.body else {}
        description |= {"security": [{}]} if self.is_open else {}
        problem = {"$ref": "#/components/responses/Problem"}
        answers = {str(answer.status): answer.described() for answer in (self.answer, *self.also)}
        return description | {"responses": {**answers, "default": problem}}


def _in_path(found: re.Match[str], known: Mapping[str, Any]) -> dict[str, Any]:
    if found["kind"] == "int":
        schema: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": MAX_NUMBER}
    else:
        schema = {"type": "string"}
    return {"name": found["name"], "in": "path", "required": True, "schema": schema} | dict(
        known.get(found["name"], {})
    )


def serve(api: Blueprint, operations: Iterable[Operation]) -> None:
    """Add the routes of operations to the API's blueprint."""
    for row in operations:
        view = of_known_fields(row.view, row.body.schema["properties"]) if isinstance(row.body, Form) else row.view
        view = of_media_types(view, row.body.accepted) if row.body else view
        view = of_no_body(view) if row.body is None and row.method != "GET" else view
        view = of_single_arguments(view, [one.name for one in row.parameters if not isinstance(one, Several | Header)])
        view = of_known_values(view, [one for one in row.parameters if isinstance(one, Choice)])
        view = of_known_arguments(view, [one.name for one in row.parameters if not isinstance(one, Header)])
        api.add_url_rule(row.rule, row.endpoint or row.view.__name__, view, methods=[row.method])


def paths(operations: Iterable[Operation], in_paths: Mapping[str, Any]) -> dict[str, Any]:
    """Return the ``paths`` of an OpenAPI description."""
    descriptions: dict[str, Any] = {}
    for row in operations:
        descriptions.setdefault(row.path, {})[row.method.lower()] = row.described(in_paths)
    return descriptions
