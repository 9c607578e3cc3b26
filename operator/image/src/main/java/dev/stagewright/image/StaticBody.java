package dev.stagewright.image;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/** The code of a method that the JVM would otherwise generate at its first call. */
sealed interface StaticBody {
  /** The type of the method. */
  MethodTypeDesc type();

  /** Writes the code. */
  void write(CodeBuilder code);

  /**
   * The index of the first label, from a given index on, whose class the value is an instance of;
   * the number of labels if there is none; -1 for null.
   *
   * @param labels the classes
   * @see java.lang.runtime.SwitchBootstraps#typeSwitch
   */
  record TypeSwitch(MethodTypeDesc type, List<ClassEntry> labels) implements StaticBody {
    @Override
    public void write(CodeBuilder code) {
      var present = code.newLabel();
      code.aload(0).ifnonnull(present).iconst_m1().ireturn().labelBinding(present);
      for (var i = 0; i < labels.size(); i++) {
        var next = code.newLabel();
        code.iload(1).loadConstant(i).if_icmpgt(next);
        code.aload(0).instanceOf(labels.get(i)).ifeq(next);
        code.loadConstant(i).ireturn().labelBinding(next);
      }
      code.loadConstant(labels.size()).ireturn();
    }
  }

  /**
   * Whether all components of two records are equal.
   *
   * @param fields getters of the components
   * @see java.lang.runtime.ObjectMethods
   */
  record RecordEquals(MethodTypeDesc type, List<MethodHandleEntry> fields) implements StaticBody {
    @Override
    public void write(CodeBuilder code) {
      var record = type.parameterType(0);
      var different = code.newLabel();
      code.aload(1).instanceOf(record).ifeq(different);
      for (var field : fields) {
        get(code.aload(0), field);
        get(code.aload(1).checkcast(record), field);
        compare(code, component(field));
        code.ifeq(different);
      }
      code.iconst_1().ireturn().labelBinding(different).iconst_0().ireturn();
    }

    private static void compare(CodeBuilder code, ClassDesc component) {
      if (!component.isPrimitive()) {
        var type =
            MethodTypeDesc.of(
                ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object);
        code.invokestatic(OBJECTS, "equals", type);
        return;
      }
      // The wrappers of all primitive types compare as records do.
      var type = MethodTypeDesc.of(ConstantDescs.CD_int, component, component);
      var equal = code.newLabel();
      var end = code.newLabel();
      code.invokestatic(wrapper(component), "compare", type).ifeq(equal);
      code.iconst_0().goto_(end).labelBinding(equal).iconst_1().labelBinding(end);
    }
  }

  /**
   * The hash code of a record.
   *
   * @param fields getters of the components
   * @see java.lang.runtime.ObjectMethods
   */
  record RecordHashCode(MethodTypeDesc type, List<MethodHandleEntry> fields) implements StaticBody {
    private static final int FACTOR = 31;

    @Override
    public void write(CodeBuilder code) {
      code.iconst_0();
      for (var field : fields) {
        code.loadConstant(FACTOR).imul();
        get(code.aload(0), field);
        var component = component(field);
        var parameter = component.isPrimitive() ? component : ConstantDescs.CD_Object;
        var owner = component.isPrimitive() ? wrapper(component) : OBJECTS;
        code.invokestatic(owner, "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, parameter));
        code.iadd();
      }
      code.ireturn();
    }
  }

  /** {@link java.util.Objects}. */
  ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");

  private static void get(CodeBuilder code, MethodHandleEntry field) {
    code.getfield((FieldRefEntry) field.reference());
  }

  private static ClassDesc component(MethodHandleEntry field) {
    return ((FieldRefEntry) field.reference()).typeSymbol();
  }

  private static ClassDesc wrapper(ClassDesc primitive) {
    return switch (TypeKind.from(primitive)) {
      case BOOLEAN -> ConstantDescs.CD_Boolean;
      case BYTE -> ConstantDescs.CD_Byte;
      case CHAR -> ConstantDescs.CD_Character;
      case SHORT -> ConstantDescs.CD_Short;
      case INT -> ConstantDescs.CD_Integer;
      case LONG -> ConstantDescs.CD_Long;
      case FLOAT -> ConstantDescs.CD_Float;
      case DOUBLE -> ConstantDescs.CD_Double;
      case REFERENCE, VOID -> throw new IllegalArgumentException(primitive.displayName());
    };
  }
}
