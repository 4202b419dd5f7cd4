//! Reads a checked document into a type, straight from its nodes.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, StringDeserializer};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use crate::document::{Kind, NONE, Value, Values};
use crate::values::number::Number;

use super::decimal;

/// Reads a value into a type, or returns the number of the innermost value that did not fit.
pub(super) fn read<T: DeserializeOwned>(root: Value<'_>) -> Result<T, u32> {
    T::deserialize(Reader(root)).map_err(|unfit| if unfit.0 == NONE { 0 } else { unfit.0 })
}

/// The number of the value that did not fit, once that is known.
#[derive(Debug)]
struct Unfit(u32);

impl Unfit {
    fn at(self, value: Value<'_>) -> Self {
        if self.0 == NONE {
            Self(value.number_in_document())
        } else {
            self
        }
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value does not fit its type")
    }
}

impl std::error::Error for Unfit {}

impl de::Error for Unfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(NONE)
    }
}

#[derive(Clone, Copy)]
struct Reader<'de>(Value<'de>);

impl<'de> Reader<'de> {
    fn string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.0.string() {
            Some(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Some(Cow::Owned(text)) => visitor.visit_string(text),
            None => Err(Unfit(NONE)),
        }
    }

    fn number<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        let text = self.0.source();
        if let Some(integer) = Number::new(text).to_i64() {
            return visitor.visit_i64(integer);
        }
        if let Ok(integer) = text.parse() {
            return visitor.visit_u64(integer);
        }
        match text.parse::<f64>() {
            Ok(float) if float.is_finite() => visitor.visit_f64(float),
            _ => Err(Unfit(NONE)),
        }
    }
}

impl<'de> de::Deserializer<'de> for Reader<'de> {
    type Error = Unfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.0.kind() {
            Kind::Null => visitor.visit_unit(),
            Kind::Boolean => visitor.visit_bool(self.0.boolean().unwrap_or_default()),
            Kind::Number => self.number(visitor),
            Kind::String => self.string(visitor),
            Kind::Array => visitor.visit_seq(Items(self.0.children())),
            Kind::Object => visitor.visit_map(Members {
                values: self.0.children(),
                value: None,
            }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        if self.0.kind() == Kind::Null {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        match self.0.number() {
            // Its own text, so that nothing is rounded.
            Some(text) if name == decimal::NAME => visitor.visit_borrowed_str(text),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        match self.0.kind() {
            Kind::String => visitor.visit_enum(Word(self.0)),
            _ => Err(Unfit(NONE)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier
    }
}

struct Items<'de>(Values<'de>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Unfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unfit> {
        let item = self.0.next();
        item.map(|item| {
            seed.deserialize(Reader(item))
                .map_err(|unfit| unfit.at(item))
        })
        .transpose()
    }
}

struct Members<'de> {
    values: Values<'de>,
    value: Option<Value<'de>>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Unfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Unfit> {
        self.value = self.values.next();
        let key = self.value.and_then(Value::key);
        key.map(|key| match key {
            Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)),
            Cow::Owned(key) => {
                let key: StringDeserializer<Unfit> = key.into_deserializer();
                seed.deserialize(key)
            }
        })
        .transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unfit> {
        let value = self.value.take().ok_or(Unfit(NONE))?;
        seed.deserialize(Reader(value))
            .map_err(|unfit| unfit.at(value))
    }
}

/// A variant without data, by its name.
struct Word<'de>(Value<'de>);

impl<'de> EnumAccess<'de> for Word<'de> {
    type Error = Unfit;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Unfit> {
        let variant = seed.deserialize(Reader(self.0))?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Word<'de> {
    type Error = Unfit;

    fn unit_variant(self) -> Result<(), Unfit> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Unfit> {
        Err(Unfit(NONE))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Unfit> {
        Err(Unfit(NONE))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Unfit> {
        Err(Unfit(NONE))
    }
}
