package dev.stagewright.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

final class StaticBootstrapsTest {

  /** A class with everything that is replaced. */
  public static final class Sample implements Function<Object, String> {
    /** Has a component of every type. */
    @SuppressWarnings("ArrayRecordComponent") // Arrays are compared by identity.
    record All(
        boolean a, byte b, char c, short d, int e, long f, float g, double h, String i, int[] j) {}

    sealed interface Shape permits Circle, Square {}

    record Circle(int radius) implements Shape {}

    record Square(int side) implements Shape {}

    @Override
    public String apply(Object value) {
      return switch (value) {
        case null -> "null";
        case Circle circle when circle.radius() == 0 -> "point";
        case Circle circle -> "circle of " + circle.radius();
        case Shape _ -> "other shape";
        case String text -> text;
        default -> "?";
      };
    }
  }

  private static final List<String> NAMES =
      List.of("", "$All", "$Shape", "$Circle", "$Square").stream()
          .map(name -> Sample.class.getName() + name)
          .toList();

  @Test
  void keepsResultsOfSwitches() throws Exception {
    var replaced = new Replaced();
    var sample = function(replaced);
    var circle = replaced.loadClass(NAMES.get(3)).getDeclaredConstructor(int.class);
    var square = replaced.loadClass(NAMES.get(4)).getDeclaredConstructor(int.class);
    circle.setAccessible(true);
    square.setAccessible(true);

    assertThat(sample.apply(null)).isEqualTo("null");
    assertThat(sample.apply(circle.newInstance(0))).isEqualTo("point");
    assertThat(sample.apply(circle.newInstance(2))).isEqualTo("circle of 2");
    assertThat(sample.apply(square.newInstance(2))).isEqualTo("other shape");
    assertThat(sample.apply("text")).isEqualTo("text");
    assertThat(sample.apply(1)).isEqualTo("?");
  }

  @Test
  void keepsEqualityOfRecords() throws Exception {
    var values = new Object[] {true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6d, "i", new int[0]};
    var others = new Object[] {false, (byte) 9, 'x', (short) 9, 9, 9L, 9f, 9d, "x", new int[0]};
    var record = all(values);

    assertThat(record).isEqualTo(all(values)).isNotEqualTo("text").isNotEqualTo(null);
    for (var i = 0; i < values.length; i++) {
      var changed = values.clone();
      changed[i] = others[i];
      assertThat(record).isNotEqualTo(all(changed));
    }
    var notANumber = values.clone();
    notANumber[6] = Float.NaN;
    notANumber[8] = null;
    assertThat(all(notANumber)).isEqualTo(all(notANumber)).isNotEqualTo(record);
  }

  @Test
  void keepsHashCodesOfRecords() throws Exception {
    var array = new int[0];
    var original =
        new Sample.All(true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6d, "i", array).hashCode();

    var hashCode = all(true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6d, "i", array).hashCode();

    assertThat(hashCode).isEqualTo(original);
  }

  @Test
  void leavesNothingToTheJvm() throws IOException {
    for (var name : NAMES) {
      var pool = ClassFile.of().parse(Replaced.bytes(name)).constantPool();
      var dynamic =
          StreamSupport.stream(pool.spliterator(), false)
              .filter(InvokeDynamicEntry.class::isInstance)
              .map(entry -> ((InvokeDynamicEntry) entry).name().stringValue());

      assertThat(dynamic).doesNotContain("typeSwitch", "equals", "hashCode");
    }
  }

  private final Replaced replacedRecords = new Replaced();

  private Object all(Object... values) throws ReflectiveOperationException {
    var constructor = replacedRecords.loadClass(NAMES.get(1)).getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  @SuppressWarnings("unchecked")
  private static Function<Object, String> function(Replaced classes)
      throws ReflectiveOperationException {
    return (Function<Object, String>)
        classes.loadClass(NAMES.getFirst()).getDeclaredConstructor().newInstance();
  }

  /** Loads the sample with its replacements. */
  private static final class Replaced extends ClassLoader {
    private Replaced() {
      super(StaticBootstrapsTest.class.getClassLoader());
    }

    static byte[] bytes(String name) throws IOException {
      var file = "/" + name.replace('.', '/') + ".class";
      try (var in = StaticBootstrapsTest.class.getResourceAsStream(file)) {
        return new StaticBootstraps().replace(Objects.requireNonNull(in).readAllBytes());
      }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!NAMES.contains(name)) {
        return super.loadClass(name, resolve);
      }
      var loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      try {
        var bytes = bytes(name);
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
