<?xml version="1.0" encoding="UTF-8"?>
<!-- The vocabulary reference of README.md, written from the annotations of prikaz.xsd:
     xsltproc templates/vocabulary.xsl templates/prikaz.xsd -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:key name="type" match="/xs:schema/xs:complexType" use="@name"/>
  <xsl:key name="value" match="/xs:schema/xs:simpleType" use="@name"/>
  <xsl:key name="attributes" match="/xs:schema/xs:attributeGroup" use="@name"/>

  <xsl:template match="/xs:schema">
    <xsl:text>Common contents: </xsl:text>
    <xsl:for-each select="xs:group">
      <xsl:value-of select="concat('*', @name, '*: ')"/>
      <xsl:apply-templates select="xs:choice" mode="model"/>
      <xsl:if test="position() != last()">; </xsl:if>
    </xsl:for-each>
    <xsl:text>.&#10;</xsl:text>
    <xsl:apply-templates select="xs:element | xs:complexType[xs:annotation]"/>
  </xsl:template>

  <xsl:template match="xs:element | xs:complexType">
    <xsl:variable name="name">
      <xsl:choose>
        <xsl:when test="@name = 'measures'">section (of a roadmap)</xsl:when>
        <xsl:when test="@name = 'rows'">section (of a register)</xsl:when>
        <xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:value-of select="concat('&#10;### ', $name, '&#10;&#10;**', xs:annotation/xs:documentation[@xml:lang = 'ru'], '** ',
                          xs:annotation/xs:documentation[@xml:lang = 'en'], '&#10;')"/>
    <xsl:variable name="type" select="self::xs:complexType | xs:complexType"/>
    <xsl:text>&#10;Content: </xsl:text>
    <xsl:if test="$type/@mixed">text</xsl:if>
    <xsl:variable name="parts" select="$type/xs:sequence | $type/xs:choice | $type/xs:group
                                       | $type/xs:complexContent/xs:extension"/>
    <xsl:if test="$type/@mixed and $parts"> with </xsl:if>
    <xsl:apply-templates select="$parts" mode="model"/>
    <xsl:if test="not($type/@mixed or $parts)">empty</xsl:if>
    <xsl:text>.&#10;</xsl:text>
    <xsl:variable name="attributes" select="$type/xs:attribute | $type/xs:attributeGroup
                                            | $type/xs:complexContent/xs:extension/xs:attribute
                                            | $type/xs:complexContent/xs:extension/xs:attributeGroup"/>
    <xsl:if test="$attributes">
      <xsl:text>&#10;| attribute | value | meaning |&#10;|---|---|---|&#10;</xsl:text>
      <xsl:apply-templates select="$attributes"/>
    </xsl:if>
    <xsl:for-each select="xs:annotation/xs:documentation[@source = 'example']">
      <xsl:value-of select="concat('&#10;```xml&#10;', ., '&#10;```&#10;')"/>
    </xsl:for-each>
  </xsl:template>

  <!-- content models in one line: «a, b?, (c | d)+» -->
  <xsl:template match="xs:sequence" mode="model">
    <xsl:for-each select="*">
      <xsl:apply-templates select="." mode="model"/>
      <xsl:if test="position() != last()">, </xsl:if>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="xs:choice" mode="model">
    <xsl:variable name="brackets" select="not(parent::xs:group or parent::xs:complexType)
                                          or @maxOccurs"/>
    <xsl:if test="$brackets">(</xsl:if>
    <xsl:for-each select="*">
      <xsl:apply-templates select="." mode="model"/>
      <xsl:if test="position() != last()"> or </xsl:if>
    </xsl:for-each>
    <xsl:if test="$brackets">)</xsl:if>
    <xsl:call-template name="occurs"/>
  </xsl:template>

  <xsl:template match="xs:extension" mode="model">
    <xsl:choose>
      <xsl:when test="@base = 'inline'">*run*</xsl:when>
      <xsl:otherwise>*run*, *block*</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="xs:group" mode="model">
    <xsl:value-of select="concat('*', @ref, '*')"/>
  </xsl:template>

  <xsl:template match="xs:element" mode="model">
    <xsl:value-of select="concat('`', @name, @ref, '`')"/>
    <xsl:call-template name="occurs"/>
  </xsl:template>

  <xsl:template name="occurs">
    <xsl:choose>
      <xsl:when test="@minOccurs = '0' and @maxOccurs = 'unbounded'"> (any number)</xsl:when>
      <xsl:when test="@maxOccurs = 'unbounded'"> (one or more)</xsl:when>
      <xsl:when test="@minOccurs = '0'"> (optional)</xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- attributes -->
  <xsl:template match="xs:attributeGroup">
    <xsl:apply-templates select="key('attributes', @ref)/xs:attribute
                                 | key('attributes', @ref)/xs:attributeGroup"/>
  </xsl:template>

  <xsl:template match="xs:attribute">
    <xsl:text>| `</xsl:text>
    <xsl:value-of select="@name"/>
    <xsl:text>` | </xsl:text>
    <xsl:variable name="values" select="key('value', @type)"/>
    <xsl:choose>
      <xsl:when test="$values//xs:enumeration">
        <xsl:for-each select="$values//xs:enumeration">
          <xsl:value-of select="concat('`', @value, '`')"/>
          <xsl:if test="position() != last()">&#160;</xsl:if>
        </xsl:for-each>
      </xsl:when>
      <xsl:when test="$values">
        <xsl:value-of select="$values/xs:annotation/xs:documentation[@xml:lang = 'en']"/>
      </xsl:when>
      <xsl:when test="@type = 'xs:ID'">a name</xsl:when>
      <xsl:when test="@type = 'xs:IDREF'">an id</xsl:when>
      <xsl:when test="@type = 'xs:anyURI'">a path or address</xsl:when>
      <xsl:when test="@type = 'xs:positiveInteger'">1, 2, 3…</xsl:when>
      <xsl:otherwise>text</xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@use = 'required'">, required</xsl:if>
    <xsl:if test="@default">
      <xsl:value-of select="concat(', default `', @default, '`')"/>
    </xsl:if>
    <xsl:value-of select="concat(' | **', xs:annotation/xs:documentation[@xml:lang = 'ru'], '** ',
                          xs:annotation/xs:documentation[@xml:lang = 'en'], ' |&#10;')"/>
  </xsl:template>
</xsl:stylesheet>
