package dev.stagewright.kubectl.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Reads logs from the API server. Sends the request itself because the method of the client library
 * waits until the Pod is ready, and a terminated Pod is never ready.
 *
 * @param namespace namespace of the Pods
 */
public record KubernetesPodLogClient(KubernetesClient client, String namespace)
    implements PodLogClient {
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  @Override
  public Optional<InputStream> open(
      ContainerName container, boolean follow, Optional<Instant> since)
      throws IOException, ClusterException {
    var http = client.getHttpClient();
    var request =
        http.newHttpRequestBuilder().uri(uri(container, follow, since)).forStreaming().build();
    try {
      var response = http.sendAsync(request, InputStream.class).get();
      if (response.code() == OK) {
        return Optional.of(response.body());
      }
      response.body().close();
      if (response.code() == NOT_FOUND || response.code() == BAD_REQUEST) {
        return Optional.empty();
      }
      if (response.code() == UNAUTHORIZED || response.code() == FORBIDDEN) {
        throw new ClusterException(
            ClusterException.forbiddenMessage("read the logs of Pods", namespace));
      }
      throw new IOException("cannot read the log of " + container + ": HTTP " + response.code());
    } catch (ExecutionException e) {
      throw new IOException("cannot read the log of " + container + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private URI uri(ContainerName container, boolean follow, Optional<Instant> since) {
    // Whole seconds, because the API server passes on no fractions to the kubelet.
    var from = since.map(time -> "&sinceTime=" + time.truncatedTo(ChronoUnit.SECONDS)).orElse("");
    return URI.create(client.getMasterUrl().toString())
        .resolve(
            "api/v1/namespaces/%s/pods/%s/log?container=%s&timestamps=true%s%s"
                .formatted(
                    namespace,
                    container.pod(),
                    container.container(),
                    follow ? "&follow=true" : "",
                    from));
  }
}
