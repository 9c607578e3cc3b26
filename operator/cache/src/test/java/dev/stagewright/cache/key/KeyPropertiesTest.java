package dev.stagewright.cache.key;

import static dev.stagewright.cache.TestPlans.FILES;
import static dev.stagewright.cache.TestPlans.at;
import static dev.stagewright.cache.TestPlans.key;
import static dev.stagewright.cache.TestPlans.keys;
import static dev.stagewright.cache.TestPlans.plan;
import static dev.stagewright.cache.TestPlans.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.RunOptions;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Different inputs have different keys, whatever texts they consist of. */
class KeyPropertiesTest {
  /** Texts that a format without lengths would confuse, and texts that are not valid Unicode. */
  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of("", "a", "b", "ab", "a b", "=", "\0", "a\0b", "\ud800", "?", "\ufffd", "1"),
        Arbitraries.strings().ofMaxLength(3));
  }

  @Provide
  Arbitrary<List<List<String>>> fields() {
    return texts().list().ofMaxSize(3).list().ofMaxSize(3);
  }

  @Property(seed = "1")
  void equalDigestsHaveEqualFields(
      @ForAll("fields") List<List<String>> one, @ForAll("fields") List<List<String>> two) {
    assertThat(hash(one).equals(hash(two))).isEqualTo(one.equals(two));
  }

  private static CacheKey hash(List<List<String>> fields) {
    var hash = KeyHash.of("test").add(fields.size());
    fields.forEach(hash::add);
    return hash.key();
  }

  @Provide
  Arbitrary<Step> steps() {
    var text = Arbitraries.of("", "a", "b", "a b");
    var texts = text.list().ofMaxSize(2);
    var mount =
        Arbitraries.oneOf(
            text.map(target -> new RunMount.Tmpfs(target, Optional.empty())),
            Combinators.combine(text, text)
                .as((id, target) -> new RunMount.Ssh(id, target, true, 0600, 0, 0)));
    Arbitrary<Step> run =
        Combinators.combine(
                texts,
                Arbitraries.maps(text, text).ofMaxSize(2),
                text,
                text,
                mount.list().ofMaxSize(2))
            .as((command, environment, directory, user, mounts) ->
                new Step.Run(
                    at(""),
                    command,
                    List.of(),
                    environment,
                    directory,
                    user,
                    new RunOptions(List.copyOf(mounts), RunOptions.Network.DEFAULT, false)));
    Arbitrary<Step> copy =
        Combinators.combine(texts, text, text.optional(), texts, Arbitraries.of(true, false))
            .as((sources, destination, chown, exclude, parents) ->
                Step.Copy.builder(at(""), new Step.CopyFrom.Context(), destination)
                    .sources(sources)
                    .chown(chown)
                    .exclude(exclude)
                    .parents(parents)
                    .build());
    Arbitrary<Step> workdir =
        Combinators.combine(text, text).as((path, user) -> new Step.Workdir(at(""), path, user));
    return Arbitraries.oneOf(run, copy, workdir);
  }

  @Property(seed = "1")
  void equalKeysHaveEqualSteps(@ForAll("steps") Step one, @ForAll("steps") Step two) {
    assertThat(key(one).equals(key(two))).isEqualTo(inOrder(one).equals(inOrder(two)));
  }

  @Property(seed = "1")
  void equalLastKeysHaveEqualStages(
      @ForAll("stages") List<Step> one, @ForAll("stages") List<Step> two) {
    assertThat(last(one).equals(last(two)))
        .isEqualTo(
            one.stream()
                .map(KeyPropertiesTest::inOrder)
                .toList()
                .equals(two.stream().map(KeyPropertiesTest::inOrder).toList()));
  }

  @Provide
  Arbitrary<List<Step>> stages() {
    return steps().list().ofMaxSize(2);
  }

  private static CacheKey last(List<Step> steps) {
    var stage = stage("s0", new StageBase.Scratch(), steps.toArray(Step[]::new));
    return keys(plan(stage), stage, FILES).last();
  }

  /** The order of variables counts, but maps are equal without it. */
  private static List<Object> inOrder(Step step) {
    return step instanceof Step.Run run
        ? List.of(run, List.copyOf(run.environment().entrySet()))
        : List.of(step);
  }

  @Property(seed = "1")
  void theOrderOfAMapDoesNotMatter(@ForAll Map<String, String> map) {
    var reversed = new LinkedHashMap<String, String>();
    List.copyOf(map.keySet())
        .reversed()
        .forEach(name -> reversed.put(name, map.getOrDefault(name, "")));

    assertThat(KeyHash.of("test").add(reversed).key()).isEqualTo(KeyHash.of("test").add(map).key());
  }
}
