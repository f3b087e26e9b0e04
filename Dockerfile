# The page in a container: docker build -t summarizer . && docker run -p 7860:7860 summarizer
# Not built where this project is tested; the commands in it are those of README and Makefile.
FROM python:3.11-slim

RUN useradd --create-home --uid 1000 reader
WORKDIR /home/reader/summarizer
COPY --chown=reader pyproject.toml constraints.txt README.md LICENSE app.py ./
COPY --chown=reader models models
COPY --chown=reader summarizer summarizer

# torch's CPU build: the one of the Python index brings gigabytes for graphics cards. What it needs
# comes with the rest.
RUN pip install --no-cache-dir --constraint constraints.txt --no-deps \
      --index-url https://download.pytorch.org/whl/cpu torch \
 && pip install --no-cache-dir --constraint constraints.txt --editable ".[pdf]"

# Weights are fetched now, so that the container works offline afterwards.
USER reader
ENV SUMMARIZER_HOST=0.0.0.0 SUMMARIZER_PORT=7860
RUN summarizer models pull smollm2-135m
EXPOSE 7860
CMD ["python", "app.py"]
