package dev.stagewright.analysis.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TextSearchTest {
  record Hit(int index, int at) {}

  @Property(seed = "1")
  void findsWhatAComparisonAtEveryPositionFinds(
      @ForAll @Size(min = 1, max = 6) List<@CharRange(from = 'a', to = 'c') @StringLength(min = 3, max = 6) String> texts,
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 200) String content) {
    var found = new ArrayList<Hit>();
    new TextSearch(texts)
        .search(
            content.getBytes(StandardCharsets.ISO_8859_1),
            0,
            content.length(),
            (index, at) -> found.add(new Hit(index, at)));

    var expected =
        IntStream.range(0, content.length())
            .boxed()
            .flatMap(at ->
                IntStream.range(0, texts.size())
                    .filter(index -> content.startsWith(texts.get(index), at))
                    .mapToObj(index -> new Hit(index, at)))
            .toList();
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Property(seed = "1")
  void findsTextsAcrossThePiecesOfAStream(
      @ForAll @AlphaChars @StringLength(max = 20) String before,
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 9) Integer> pieces) {
    var search = new StreamSearch(new TextSearch(List.of("0123456789", "678")));
    var content = (before + "0123456789").getBytes(StandardCharsets.ISO_8859_1);
    var at = 0;
    for (var i = 0; at < content.length; i++) {
      var count = Math.min(pieces.get(i % pieces.size()), content.length - at);
      search.append(content, at, count);
      at += count;
    }

    assertThat(search.found(0)).isTrue();
    assertThat(search.found(1)).isTrue();
  }

  @Test
  void doesNotFindWhatIsNotThere() {
    var search = new StreamSearch(new TextSearch(List.of("abcd")));
    search.append("abc abd bcd".getBytes(StandardCharsets.ISO_8859_1), 0, 11);
    search.append("cd".getBytes(StandardCharsets.ISO_8859_1), 0, 2);

    assertThat(search.found(0)).isFalse();
  }

  @Test
  void rejectsTextsThatAreTooShort() {
    assertThatThrownBy(() -> new TextSearch(List.of("ab")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
