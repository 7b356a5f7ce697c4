# The launcher with nitro-cli, so that labelled Pods mount nothing from the node: install the chart with
# webhook.sidecar.nitroCli=none.
#
#   docker build -f docker/launcher/nitro-cli.Dockerfile --build-arg LAUNCHER_IMAGE=$REGISTRY/enclave-metrics/launcher:TAG \
#       --build-context nitro-cli=FOLDER .
#
# FOLDER has the file nitro-cli, built for the launcher's base: statically by make nitro-cli, or from
# the package of Amazon Linux 2023.
ARG LAUNCHER_IMAGE
FROM ${LAUNCHER_IMAGE}
COPY --from=nitro-cli --chmod=0755 nitro-cli /usr/local/bin/nitro-cli
