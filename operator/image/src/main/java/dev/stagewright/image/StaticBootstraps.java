package dev.stagewright.image;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replaces pattern switches, and {@code equals} and {@code hashCode} of records, by plain methods
 * in compiled classes. The compiler leaves their code to the JVM, which generates it at their first
 * use; an ahead-of-time cache cannot contain that, and it took a tenth of the time of a small
 * phase.
 */
final class StaticBootstraps {
  private static final int HELPER =
      ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

  private final ClassFile classFile =
      ClassFile.of(
          ClassFile.ConstantPoolSharingOption.NEW_POOL,
          ClassFile.ClassHierarchyResolverOption.of(
              ClassHierarchyResolver.ofResourceParsing(StaticBootstraps.class.getClassLoader())
                  .orElse(ClassHierarchyResolver.defaultResolver())));

  /** Replaces what a class leaves to the JVM; returns its new bytes. */
  byte[] replace(byte[] bytes) {
    var model = classFile.parse(bytes);
    var helpers = new Helpers(model);
    var code =
        CodeTransform.ofStateful(() ->
            (builder, element) -> {
              var helper =
                  element instanceof InvokeDynamicInstruction dynamic
                      ? helpers.add(dynamic)
                      : Optional.<Helper>empty();
              if (helper.isPresent()) {
                var name = helper.get().name();
                var type = helper.get().body().type();
                builder.invokestatic(helpers.owner, name, type, helpers.isInterface);
              } else {
                builder.with(element);
              }
            });
    var replaced =
        classFile.transformClass(
            model,
            ClassTransform.transformingMethodBodies(code)
                .andThen(
                    ClassTransform.endHandler(builder ->
                        helpers.all.forEach(helper ->
                            builder.withMethodBody(
                                helper.name(),
                                helper.body().type(),
                                HELPER,
                                helper.body()::write)))));
    return helpers.all.isEmpty() ? bytes : replaced;
  }

  private record Helper(String name, StaticBody body) {}

  /** The methods to add to a class. */
  private static final class Helpers {
    private final ClassDesc owner;
    private final boolean isInterface;
    private final List<Helper> all = new ArrayList<>();

    Helpers(ClassModel model) {
      owner = model.thisClass().asSymbol();
      isInterface = model.flags().has(AccessFlag.INTERFACE);
    }

    Optional<Helper> add(InvokeDynamicInstruction instruction) {
      var helper = body(instruction).map(body -> new Helper("$static" + all.size(), body));
      helper.ifPresent(all::add);
      return helper;
    }
  }

  private static Optional<StaticBody> body(InvokeDynamicInstruction instruction) {
    var bootstrap = instruction.invokedynamic().bootstrap();
    var method = bootstrap.bootstrapMethod().reference();
    var arguments = bootstrap.arguments();
    var type = instruction.typeSymbol();
    return switch (method.owner().asInternalName() + "." + instruction.name().stringValue()) {
      case "java/lang/runtime/SwitchBootstraps.typeSwitch" ->
          arguments.stream().allMatch(ClassEntry.class::isInstance)
              ? Optional.of(
                  new StaticBody.TypeSwitch(
                      type, arguments.stream().map(ClassEntry.class::cast).toList()))
              : Optional.empty();
      case "java/lang/runtime/ObjectMethods.equals" ->
          Optional.of(new StaticBody.RecordEquals(type, fields(arguments)));
      case "java/lang/runtime/ObjectMethods.hashCode" ->
          Optional.of(new StaticBody.RecordHashCode(type, fields(arguments)));
      default -> Optional.empty();
    };
  }

  /** The getters follow the class and the names of the components. */
  private static List<MethodHandleEntry> fields(List<?> arguments) {
    return arguments.stream().skip(2).map(MethodHandleEntry.class::cast).toList();
  }
}
