# The web site: Datasette, the plugin and quotes.db. Nothing in it reads articles. See docs/publish.md.
FROM python:3.13-slim AS build
COPY LICENSE /src/
COPY quotes /src/quotes
COPY web /src/web
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels /src/web

FROM python:3.13-slim
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir /wheels/*.whl && rm -r /wheels
WORKDIR /site
COPY quotes.db datasette-metadata.yml ./
RUN datasette inspect quotes.db --inspect-file inspect.json
USER nobody
EXPOSE 8001
CMD ["datasette", "-i", "quotes.db", "--inspect-file", "inspect.json", "-m", "datasette-metadata.yml", "--host", "0.0.0.0", "--port", "8001"]
