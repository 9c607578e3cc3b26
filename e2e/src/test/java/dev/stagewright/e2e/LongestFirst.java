package dev.stagewright.e2e;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * Starts the classes with the longest waits first, so that other tests run beside them. No test
 * depends on this order.
 */
public final class LongestFirst implements ClassOrderer {
  private static final List<Class<?>> LONG =
      List.of(
          NodesIT.class,
          OperatorKillIT.class,
          HighAvailabilityIT.class,
          TokenIT.class,
          QueueIT.class,
          FaultsIT.class,
          FailuresIT.class);

  @Override
  public void orderClasses(ClassOrdererContext context) {
    context.getClassDescriptors().sort(Comparator.comparingInt(LongestFirst::position));
  }

  private static int position(ClassDescriptor descriptor) {
    var index = LONG.indexOf(descriptor.getTestClass());
    return index < 0 ? LONG.size() : index;
  }
}
