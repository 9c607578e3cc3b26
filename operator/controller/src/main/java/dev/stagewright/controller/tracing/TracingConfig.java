package dev.stagewright.controller.tracing;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where and how traces are exported: the standard environment variables of OpenTelemetry, as far as
 * they concern the export of traces with OTLP over HTTP.
 *
 * @param endpoint URL that traces are sent to
 * @param headers of requests, such as credentials
 * @param certificate path of a file with certificates to trust, in PEM; empty for the public
 *     authorities
 * @param sampleRatio ratio of the runs that are exported
 * @param attributes that describe the operator
 * @param proxy the HTTP proxy; empty for a direct connection
 */
public record TracingConfig(
    URI endpoint,
    Map<String, String> headers,
    Optional<String> certificate,
    double sampleRatio,
    Map<String, String> attributes,
    Optional<URI> proxy) {
  private static final String DISABLED = "OTEL_SDK_DISABLED";
  private static final String BASE = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
  private static final List<String> PROTOCOL =
      List.of("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL");
  private static final List<String> HEADERS =
      List.of("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "OTEL_EXPORTER_OTLP_HEADERS");
  private static final List<String> CERTIFICATE =
      List.of("OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE", "OTEL_EXPORTER_OTLP_CERTIFICATE");
  private static final String SAMPLER = "OTEL_TRACES_SAMPLER";
  private static final String SAMPLER_ARGUMENT = "OTEL_TRACES_SAMPLER_ARG";
  private static final String ONLY_PROTOCOL = "http/protobuf";
  private static final String ONLY_SAMPLER = "parentbased_traceidratio";
  private static final String SERVICE_NAME = "service.name";

  /** Copies the maps. */
  public TracingConfig {
    headers = Map.copyOf(headers);
    attributes = Map.copyOf(attributes);
  }

  /**
   * Reads the environment. Empty if it sets no endpoint: traces are not exported.
   *
   * @throws IllegalArgumentException if a variable is invalid; the message names it
   */
  public static Optional<TracingConfig> of(Map<String, String> environment) {
    return new Variables(environment).config();
  }

  private record Variables(Map<String, String> environment) {
    Optional<TracingConfig> config() {
      return isDisabled() ? Optional.empty() : endpoint().map(this::config);
    }

    private boolean isDisabled() {
      return value(DISABLED).filter("true"::equalsIgnoreCase).isPresent();
    }

    private TracingConfig config(URI endpoint) {
      only(PROTOCOL, ONLY_PROTOCOL);
      only(List.of(SAMPLER), ONLY_SAMPLER);
      return new TracingConfig(
          endpoint,
          first(HEADERS).map(it -> pairs(it.getKey(), it.getValue())).orElse(Map.of()),
          first(CERTIFICATE).map(Map.Entry::getValue),
          value(SAMPLER_ARGUMENT).map(Variables::ratio).orElse(1.0),
          attributes(),
          new CollectorProxy(environment).of(endpoint));
    }

    private Optional<URI> endpoint() {
      return value(ENDPOINT)
          .map(it -> url(ENDPOINT, it))
          .or(() -> value(BASE).map(it -> url(BASE, it.replaceFirst("/+$", "") + "/v1/traces")));
    }

    private static URI url(String variable, String value) {
      try {
        var url = URI.create(value);
        if (List.of("http", "https").contains(url.getScheme()) && url.getHost() != null) {
          return url;
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(variable + " is not a URL: " + e.getMessage(), e);
      }
      throw new IllegalArgumentException(
          variable + " must be a URL such as http://collector:4318, but is '" + value + "'");
    }

    private void only(List<String> names, String supported) {
      first(names)
          .filter(it -> !it.getValue().equals(supported))
          .ifPresent(it -> {
            throw new IllegalArgumentException(
                it.getKey() + " must be " + supported + ", but is '" + it.getValue() + "'");
          });
    }

    private static double ratio(String value) {
      try {
        var ratio = Double.parseDouble(value);
        if (ratio >= 0 && ratio <= 1) {
          return ratio;
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            SAMPLER_ARGUMENT + " must be a number, but is '" + value + "'", e);
      }
      throw new IllegalArgumentException(
          SAMPLER_ARGUMENT + " must be between 0 and 1, but is " + value);
    }

    /** The default attributes, replaced by those of the environment. */
    private Map<String, String> attributes() {
      var attributes = new LinkedHashMap<String, String>();
      attributes.put(SERVICE_NAME, "stagewright");
      value("POD_NAME").ifPresent(it -> attributes.put("k8s.pod.name", it));
      value("POD_NAMESPACE").ifPresent(it -> attributes.put("k8s.namespace.name", it));
      value("OTEL_RESOURCE_ATTRIBUTES")
          .ifPresent(it -> attributes.putAll(pairs("OTEL_RESOURCE_ATTRIBUTES", it)));
      value("OTEL_SERVICE_NAME").ifPresent(it -> attributes.put(SERVICE_NAME, it));
      return attributes;
    }

    /** Parses {@code a=b,c=d} with percent-encoded values. Messages do not contain secrets. */
    private static Map<String, String> pairs(String variable, String value) {
      var pairs = new LinkedHashMap<String, String>();
      var invalid = new ArrayList<Integer>();
      var entries = value.strip().split(",", -1);
      for (var i = 0; i < entries.length; i++) {
        var entry = entries[i].split("=", 2);
        if (entry.length == 2 && !entry[0].isBlank()) {
          pairs.put(entry[0].strip(), decoded(variable, entry[1].strip()));
        } else if (!entries[i].isBlank()) {
          invalid.add(i + 1);
        }
      }
      if (!invalid.isEmpty()) {
        throw new IllegalArgumentException(
            variable
                + " must have the form NAME=VALUE,…; entry "
                + invalid.getFirst()
                + " has not");
      }
      return pairs;
    }

    private static String decoded(String variable, String value) {
      try {
        // The decoder of forms reads a plus sign as a space.
        return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(variable + " has an invalid percent-encoding", e);
      }
    }

    private Optional<Map.Entry<String, String>> first(List<String> names) {
      return names.stream()
          .flatMap(name -> value(name).map(it -> Map.entry(name, it)).stream())
          .findFirst();
    }

    private Optional<String> value(String name) {
      return Optional.ofNullable(environment.get(name))
          .map(String::strip)
          .filter(it -> !it.isEmpty());
    }
  }

  /** The effective configuration for the log, without headers, which contain credentials. */
  public String describe() {
    return "endpoint=%s headers=%s certificate=%s sampleRatio=%s proxy=%s"
        .formatted(
            withoutPassword(endpoint),
            headers.keySet().stream().sorted().toList(),
            certificate.orElse("(public authorities)"),
            sampleRatio,
            proxy.map(TracingConfig::withoutPassword).orElse("(none)"));
  }

  private static String withoutPassword(URI url) {
    return url.toString().replaceFirst("//[^/]*@", "//***@").replaceFirst("\\?.*", "?***");
  }
}
