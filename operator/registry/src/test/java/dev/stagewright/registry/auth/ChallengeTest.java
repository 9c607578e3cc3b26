package dev.stagewright.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ChallengeTest {
  private static final Challenge HARBOR =
      new Challenge.Bearer("https://h/service/token", Optional.of("harbor-registry"));
  private static final Challenge BASIC = new Challenge.Basic();

  static Stream<Arguments> headers() {
    return Stream.of(
        Arguments.of(
            "Bearer realm=\"https://h/service/token\",service=\"harbor-registry\","
                + "scope=\"repository:a/b:pull,push\"",
            List.of(HARBOR)),
        Arguments.of(
            "bearer service=harbor-registry , REALM=\"https://h/service/token\"", List.of(HARBOR)),
        Arguments.of(
            "Bearer realm=\"https://h/t\"",
            List.of(new Challenge.Bearer("https://h/t", Optional.empty()))),
        Arguments.of(
            "Bearer realm=\"https://h/\\\"t\"",
            List.of(new Challenge.Bearer("https://h/\"t", Optional.empty()))),
        Arguments.of("Basic realm=\"harbor\"", List.of(BASIC)),
        Arguments.of("Basic", List.of(BASIC)),
        Arguments.of(
            "Negotiate, Basic realm=\"x\", Bearer realm=\"https://h/service/token\","
                + "service=\"harbor-registry\"",
            List.of(BASIC, HARBOR)),
        Arguments.of("Negotiate a87421000492aa874209af8bc028==", List.of()),
        Arguments.of("Bearer scope=\"no realm\"", List.of()),
        Arguments.of("", List.of()));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void parsesHeader(String header, List<Challenge> challenges) {
    assertThat(Challenge.parse(List.of(header))).isEqualTo(challenges);
  }
}
