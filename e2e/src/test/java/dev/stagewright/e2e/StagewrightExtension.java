package dev.stagewright.e2e;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Provides a test with the shared {@link Environment} and its own {@link TestNamespace}, and prints
 * the content of the namespace and the state of the operators if the test fails. If a method before
 * all tests of a class has the namespace as a parameter, the tests of the class share it.
 */
public final class StagewrightExtension implements ParameterResolver, AfterTestExecutionCallback {
  private static final Namespace STORE = Namespace.create(StagewrightExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == Environment.class || type == TestNamespace.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var environment =
        context
            .getRoot()
            .getStore(STORE)
            .computeIfAbsent(Environment.class, _ -> Environment.start(), Environment.class);
    return parameter.getParameter().getType() == Environment.class
        ? environment
        : context
            .getStore(STORE)
            .computeIfAbsent(
                TestNamespace.class, _ -> TestNamespace.create(environment), TestNamespace.class);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    var namespace = context.getStore(STORE).get(TestNamespace.class, TestNamespace.class);
    if (namespace != null && context.getExecutionException().isPresent()) {
      System.out.println(context.getDisplayName() + " failed; its namespace:");
      System.out.println(namespace.describe());
      System.out.println(namespace.environment().describeOperators());
    }
  }
}
