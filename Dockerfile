# syntax=docker/dockerfile:1
# Image of Rogatio: installs the bundle that `make bundle` leaves in dist/, whose packages were checked by hash. Nothing
# but the packages of the system (release/SYSTEM.md) is fetched. The bundle has to be of the Python version of the base.
FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        tesseract-ocr tesseract-ocr-spa tesseract-ocr-por tesseract-ocr-fra tesseract-ocr-eng tesseract-ocr-osd \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
        libreoffice-writer-nogui \
    && rm -rf /var/lib/apt/lists/*
RUN --mount=type=bind,source=dist,target=/dist \
    mkdir /tmp/bundle \
    && tar -xf /dist/rogatio-*.tar -C /tmp/bundle --strip-components=1 \
    && sh /tmp/bundle/install.sh /opt/rogatio \
    && rm -rf /tmp/bundle
RUN useradd --system --uid 10001 --home-dir /var/lib/rogatio rogatio \
    && install --directory --owner=rogatio --mode=0700 /var/lib/rogatio
ENV PATH=/opt/rogatio/bin:$PATH ROGATIO_HOME=/var/lib/rogatio
USER rogatio
VOLUME /var/lib/rogatio
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/api/v1/health', timeout=4)"]
ENTRYPOINT ["rogatio"]
CMD ["serve", "--host", "0.0.0.0", "--https"]
