"""`sottovoce schema`: the form of everything that can be asked."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final

from sottovoce.domain.effects import Effect
from sottovoce.operations.declared import Face, Family, Needs, Positional
from sottovoce.operations.values import Asks, Values, values

if TYPE_CHECKING:
    from sottovoce.adapters.places import Places

SCHEMA: Final = Family("schema")


@values
class Schemas(Values):
    """JSON Schemas of operations by name."""

    operations: Mapping[str, Any]


@values
class ShowSchema(Asks[Schemas]):
    """The schemas of all operations, or of one."""

    name: Annotated[str | None, Positional("NAME", "cli-schema-name")] = None


def _text(answered: Schemas) -> str:
    import json  # noqa: PLC0415 - `json` is loaded where it is printed

    return json.dumps(answered.operations, indent=2)


@SCHEMA.operation("schema", ShowSchema, Schemas, effect=Effect.READ, needs=Needs.NOTHING, faces=Face.LINE, prints=_text)
async def show_schema(_: "Places", asked: ShowSchema) -> Schemas:
    """Show the schemas of the operations.

    Raises:
        UsageWrong: There is no operation of this name.
    """
    from sottovoce.operations.registry import find, operations  # noqa: PLC0415 - it names this file
    from sottovoce.operations.schema import schema_of  # noqa: PLC0415 - few want it

    found = operations() if asked.name is None else [find(asked.name)]
    return Schemas(operations={one.name: schema_of(one) for one in found})
