package dev.stagewright.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Quantities as Kubernetes takes them: {@code 500m}, {@code 2Gi}, and plain numbers. */
public final class KubernetesQuantity {
  /** Examples of processors. */
  public static final String CPU = "500m, 0.5 or 2";

  /** Examples of memory and storage. */
  public static final String BYTES = "512Mi, 2Gi or 1073741824";

  private static final Pattern FORM =
      Pattern.compile(
          "[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)" + "([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,3})?");
  private static final BigDecimal MOST = BigDecimal.TEN.pow(21);
  private static final int SHOWN = 60;

  private KubernetesQuantity() {}

  /**
   * Reads a quantity as JSON has it.
   *
   * @param value a number or text
   * @param examples for the message
   * @throws IllegalArgumentException if it is neither, not a quantity, negative, or larger than
   *     Kubernetes counts
   */
  public static Quantity read(@Nullable Object value, String examples) {
    var text =
        switch (value) {
          case Double number when number.isNaN() || number.isInfinite() -> "";
          case Number number -> new BigDecimal(number.toString()).toPlainString();
          case String string -> string;
          case null, default -> "";
        };
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be a quantity such as " + examples + ", but is " + shown(value));
    }
    var quantity = Quantity.parse(text);
    var amount = quantity.getNumericalAmount();
    if (amount.signum() < 0) {
      throw new IllegalArgumentException(
          "must not be negative, but is " + shown(value) + "; write it like " + examples);
    }
    if (amount.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "is larger than Kubernetes counts: " + shown(value) + "; write it like " + examples);
    }
    return quantity;
  }

  private static String shown(@Nullable Object value) {
    var text = String.valueOf(value);
    var cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return value instanceof String ? '"' + cut + '"' : cut;
  }
}
