package dev.stagewright.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses quantities of the Kubernetes API: {@code 500m}, {@code 2Gi} and plain numbers. */
public final class KubernetesQuantity {
  /** Examples of quantities of CPU. */
  public static final String CPU = "500m, 0.5 or 2";

  /** Examples of quantities of memory and storage. */
  public static final String BYTES = "512Mi, 2Gi or 1073741824";

  private static final Pattern FORM =
      Pattern.compile(
          "[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)" + "([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,3})?");
  private static final BigDecimal MAXIMUM = BigDecimal.TEN.pow(21);
  private static final int SHOWN_LENGTH = 60;

  private KubernetesQuantity() {}

  /**
   * Parses a quantity from a JSON value.
   *
   * @param value a number or string
   * @param examples of valid quantities, for error messages
   * @throws IllegalArgumentException if the value is not a quantity, is negative, or exceeds the
   *     maximum of Kubernetes
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
          "must not be negative, but is " + shown(value) + "; use a quantity such as " + examples);
    }
    if (amount.compareTo(MAXIMUM) > 0) {
      throw new IllegalArgumentException(
          "exceeds the maximum of Kubernetes: "
              + shown(value)
              + "; use a quantity such as "
              + examples);
    }
    return quantity;
  }

  private static String shown(@Nullable Object value) {
    var text = String.valueOf(value);
    var cut = text.length() > SHOWN_LENGTH ? text.substring(0, SHOWN_LENGTH) + "…" : text;
    return value instanceof String ? '"' + cut + '"' : cut;
  }
}
