# The page in a container: docker build -t summarizer . && docker run -p 127.0.0.1:7860:7860 summarizer
# Not built where this project is tested; the commands in it are those of README and Makefile.
#
# Inside, the page listens on every address, or nobody outside could reach it. Whom it serves is said
# by -p: with 127.0.0.1 this machine alone. To serve others, name readers (a line name:password each,
# in a file that user 1000 can read):
#   docker run -p 7860:7860 -v "$PWD/readers:/readers:ro" -e SUMMARIZER_AUTH_FILE=/readers summarizer
FROM python:3.11-slim

RUN useradd --create-home --uid 1000 reader
WORKDIR /home/reader/summarizer

# torch's CPU build: the one of the Python index brings gigabytes for graphics cards. What it needs
# comes with the rest. Before the code, so that a change of code does not fetch it again.
COPY --chown=reader constraints.txt ./
RUN pip install --no-cache-dir --constraint constraints.txt --no-deps \
      --index-url https://download.pytorch.org/whl/cpu torch

COPY --chown=reader pyproject.toml README.md LICENSE app.py ./
COPY --chown=reader models models
COPY --chown=reader summarizer summarizer
RUN pip install --no-cache-dir --constraint constraints.txt --editable ".[pdf]"

# Weights are fetched and converted now, as `make install` does, so that the container works offline
# and its first reader does not wait for it.
USER reader
RUN summarizer models pull qwen2.5-coder-1.5b-instruct \
 && summarizer models pull mpnet-reader \
 && summarizer summarize --example ferry --words 60 --quiet --format text >/dev/null

ENV SUMMARIZER_HOST=0.0.0.0 SUMMARIZER_PORT=7860 PYTHONUNBUFFERED=1
EXPOSE 7860
# As Ctrl-C does; the first process of a container would not heed the usual signal.
STOPSIGNAL SIGINT
CMD ["python", "app.py"]
