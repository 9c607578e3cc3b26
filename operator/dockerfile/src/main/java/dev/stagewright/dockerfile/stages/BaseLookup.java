package dev.stagewright.dockerfile.stages;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.expand.Expansion;
import dev.stagewright.dockerfile.expand.ExpansionException;
import dev.stagewright.dockerfile.expand.WordExpander;
import dev.stagewright.dockerfile.instruction.From;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.source.Suggestion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Resolves the FROM instructions of a Dockerfile, in order. */
final class BaseLookup {
  private final WordExpander expander;
  private final GlobalArgs args;
  private final Set<String> namedContexts;
  private final Map<String, Integer> earlier = new HashMap<>();

  BaseLookup(char escape, GlobalArgs args, Set<String> namedContexts) {
    this.expander = new WordExpander(escape);
    this.args = args;
    this.namedContexts = namedContexts;
  }

  /** Resolves the base of the next stage, and registers the name of the stage. */
  ResolvedBase base(From from, int index) {
    var name = expand(from, from.image());
    if (name.isEmpty()) {
      throw error(from, from.image(), "base name (" + from.image() + ") should not be blank");
    }
    var base =
        from.name()
            .filter(namedContexts::contains)
            .<ResolvedBase>map(ResolvedBase.NamedContext::new)
            .orElseGet(() -> named(from, name));
    from.name().ifPresent(own -> earlier.put(own, index));
    return base;
  }

  Optional<PlatformId> platform(From from) {
    return from.platform().map(word -> platform(from, word));
  }

  private ResolvedBase named(From from, String name) {
    if (earlier.containsKey(name)) {
      return new ResolvedBase.Stage(earlier.getOrDefault(name, 0));
    }
    if (name.equals("scratch")) {
      return new ResolvedBase.Scratch();
    }
    if (namedContexts.contains(name)) {
      return new ResolvedBase.NamedContext(name);
    }
    ImageNameGrammar.problem(name)
        .ifPresent(problem -> {
          throw error(
              from,
              from.image(),
              Suggestion.append(
                  "failed to parse stage name " + GoText.quote(name) + ": " + problem,
                  name,
                  earlier.keySet(),
                  true));
        });
    return new ResolvedBase.Image(name);
  }

  private PlatformId platform(From from, String word) {
    var expansion = expandedPlatform(from, word);
    if (expansion.text().isEmpty()) {
      throw error(
          from,
          word,
          withSuggestion("empty platform value from expression " + word, expansion.unmatched()));
    }
    try {
      return PlatformId.parse(expansion.text());
    } catch (IllegalArgumentException e) {
      throw error(
          from,
          word,
          "failed to parse platform "
              + word
              + ": "
              + withSuggestion(String.valueOf(e.getMessage()), expansion.unmatched()));
    }
  }

  private Expansion expandedPlatform(From from, String word) {
    try {
      return expander.expand(word, args.variables());
    } catch (ExpansionException e) {
      throw error(from, word, "failed to process arguments for platform : " + e.getMessage());
    }
  }

  /** Appends the suggestion for the first name that is similar to an argument. */
  private String withSuggestion(String message, Set<String> names) {
    return names.stream()
        .map(name -> Suggestion.append(message, name, args.values().keySet(), true))
        .filter(withSuggestion -> !withSuggestion.equals(message))
        .findFirst()
        .orElse(message);
  }

  private String expand(From from, String word) {
    try {
      return expander.expand(word, args.variables()).text();
    } catch (ExpansionException e) {
      throw error(from, word, String.valueOf(e.getMessage()));
    }
  }

  private static DockerfileException error(From from, String offending, String reason) {
    return new DockerfileException(from.statement().locate(offending), reason, offending);
  }
}
