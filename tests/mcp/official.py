"""The official Python client works with the server from end to end, over standard input and output and over HTTP, and checks each answer
against the schema of its tool; all schemas are JSON Schema 2020-12.

`official.py BINARY INDEX URL`
"""

import asyncio
import sys

from jsonschema import Draft202012Validator
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

from client import Tally
from tools import CALLS


async def converse(session: ClientSession, tally: Tally, way: str) -> None:
    hello = await session.initialize()
    tally.check(hello.server_info.name == "xunzhang", f"{way}: {hello}")
    tools = (await session.list_tools()).tools
    tally.check({tool.name for tool in tools} == set(CALLS), f"{way}: {[tool.name for tool in tools]}")
    for tool in tools:
        for schema in [tool.input_schema, tool.output_schema]:
            Draft202012Validator.check_schema(schema)
        result = await session.call_tool(tool.name, CALLS[tool.name])
        errors = list(Draft202012Validator(tool.output_schema).iter_errors(result.structured_content))
        tally.check(not result.is_error and not errors and len(result.content[0].text) > 20, f"{way}: {tool.name}: {errors} {result}")
    listed = await session.list_resources()
    read = await session.read_resource(str(listed.resources[0].uri))
    tally.check(len(read.contents[0].text) > 20, f"{way}: a resource")
    filled = await session.get_prompt("找先例", {"wording": "两不误"})
    tally.check("两不误" in filled.messages[0].content.text, f"{way}: a prompt")
    steps: list[float] = []

    async def progress(done: float, total: float | None, message: str | None) -> None:
        steps.append(done)

    checked = await session.call_tool("check_draft", CALLS["check_draft"], progress_callback=progress)
    tally.check(not checked.is_error, f"{way}: a check with progress")


async def main() -> None:
    binary, index, url = sys.argv[1:4]
    tally = Tally("official")
    server = StdioServerParameters(command=binary, args=["--index", index, "mcp"])
    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        await converse(session, tally, "stdio")
    async with streamable_http_client(url) as streams, ClientSession(streams[0], streams[1]) as session:
        await converse(session, tally, "http")
    tally.finish()


asyncio.run(main())
