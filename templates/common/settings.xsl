<?xml version="1.0" encoding="UTF-8"?>
<!-- Settings of the office (profiles/default.xml, overridden by the document's profile), fixed
     words (texts.xml) and what is derived from them: names of kinds, dates, letter case. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:px="urn:prikaz:fo" xmlns:t="urn:prikaz:transform" xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                xmlns:func="http://exslt.org/functions" xmlns:str="http://exslt.org/strings"
                xmlns:exsl="http://exslt.org/common"
                extension-element-prefixes="func str exsl t" exclude-result-prefixes="p f">

  <xsl:variable name="source" select="/*"/>
  <xsl:variable name="order" select="/p:order"/>
  <xsl:variable name="chosen-ids" select="str:tokenize($order/@extract)"/>
  <xsl:variable name="is-extract" select="boolean($order/@extract)"/>
  <xsl:variable name="texts" select="document('texts.xml')/p:texts"/>
  <xsl:variable name="default" select="document('../profiles/default.xml')/p:profile"/>
  <xsl:variable name="office" select="document($source/@profile, $source)/p:profile"/>

  <!-- All settings, the office's instead of the defaults: $set/p:font/@size. -->
  <xsl:variable name="settings">
    <xsl:for-each select="$default/*">
      <xsl:variable name="own" select="$office/*[local-name() = local-name(current())]/@*"/>
      <xsl:choose>
        <xsl:when test="$own">
          <xsl:copy><xsl:copy-of select="@*"/><xsl:copy-of select="$own"/></xsl:copy>
        </xsl:when>
        <xsl:otherwise><xsl:copy-of select="."/></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:variable>
  <xsl:variable name="set" select="exsl:node-set($settings)"/>

  <!-- The folder of the office's profile, with its last slash, as seen from the document. -->
  <xsl:variable name="profile-folder">
    <xsl:for-each select="str:tokenize($source/@profile, '/')[position() != last()]">
      <xsl:value-of select="concat(., '/')"/>
    </xsl:for-each>
  </xsl:variable>

  <!-- The value of a setting whose name is put together; a fixed one is $set/p:GROUP/@NAME. -->
  <func:function name="f:setting">
    <xsl:param name="group"/>
    <xsl:param name="name"/>
    <func:result select="string($set/*[local-name() = $group]/@*[local-name() = $name])"/>
  </func:function>

  <!-- A profile that cannot be read, or a setting in it that does not exist, is the clerk's slip:
       without these words it would be passed over in silence. -->
  <xsl:template name="check-profile">
    <xsl:if test="$source/@profile and not($office)">
      <xsl:call-template name="say">
        <xsl:with-param name="message" select="'no-profile'"/>
        <xsl:with-param name="first" select="$source/@profile"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:if test="$set/p:letterhead/@coat != '' and $set/p:letterhead/@emblem != ''">
      <xsl:call-template name="say">
        <xsl:with-param name="message" select="'coat-and-emblem'"/>
        <xsl:with-param name="first" select="$source/@profile"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:for-each select="$office/*/@*">
      <xsl:variable name="group" select="local-name(..)"/>
      <xsl:variable name="name" select="name()"/>
      <xsl:variable name="value" select="string()"/>
      <xsl:variable name="usual" select="$default/*[local-name() = $group]/@*[name() = $name]"/>
      <xsl:for-each select="$source">
        <xsl:choose>
          <xsl:when test="not($usual)">
            <xsl:call-template name="say">
              <xsl:with-param name="message" select="'no-setting'"/>
              <xsl:with-param name="first" select="@profile"/>
              <xsl:with-param name="second" select="concat($group, '/', $name)"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:when test="f:is-length($usual) and not(f:is-length($value))">
            <xsl:call-template name="say">
              <xsl:with-param name="message" select="'no-length'"/>
              <xsl:with-param name="first" select="@profile"/>
              <xsl:with-param name="second" select="concat($group, '/', $name, ' = ', $value)"/>
            </xsl:call-template>
          </xsl:when>
        </xsl:choose>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <func:function name="f:is-length">
    <xsl:param name="value"/>
    <func:result select="f:mm($value) = f:mm($value)"/>
  </func:function>

  <!-- The first of two values if it is there, else the second, as a string. -->
  <func:function name="f:either">
    <xsl:param name="first"/>
    <xsl:param name="second"/>
    <xsl:choose>
      <xsl:when test="$first"><func:result select="string($first)"/></xsl:when>
      <xsl:otherwise><func:result select="string($second)"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <xsl:key name="text" match="/p:texts/p:text" use="@name"/>
  <xsl:key name="word" match="/p:texts/p:kind | /p:texts/p:word" use="@name"/>

  <!-- A fixed text by its name. -->
  <func:function name="f:text">
    <xsl:param name="name"/>
    <xsl:for-each select="$texts">
      <func:result select="string(key('text', $name)/@value)"/>
    </xsl:for-each>
  </func:function>

  <!-- A word (kind of document, «приложение», «пункт») in a case. -->
  <func:function name="f:word">
    <xsl:param name="word"/>
    <xsl:param name="case"/>
    <xsl:for-each select="$texts">
      <func:result select="string(key('word', $word)/@*[name() = $case])"/>
    </xsl:for-each>
  </func:function>

  <func:function name="f:upper">
    <xsl:param name="text"/>
    <func:result select="translate($text,
      'абвгдеёжзийклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz',
      'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯABCDEFGHIJKLMNOPQRSTUVWXYZ')"/>
  </func:function>

  <func:function name="f:lower">
    <xsl:param name="text"/>
    <func:result select="translate($text,
      'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯABCDEFGHIJKLMNOPQRSTUVWXYZ',
      'абвгдеёжзийклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz')"/>
  </func:function>

  <func:function name="f:capital">
    <xsl:param name="text"/>
    <func:result select="concat(f:upper(substring($text, 1, 1)), substring($text, 2))"/>
  </func:function>

  <!-- П Р И К А З: letters parted by spaces at which no line breaks. -->
  <func:function name="f:spaced">
    <xsl:param name="text"/>
    <xsl:variable name="letters">
      <xsl:for-each select="str:tokenize($text, '')">
        <xsl:if test="position() &gt; 1 and . != ':'">&#160;</xsl:if>
        <xsl:value-of select="."/>
      </xsl:for-each>
    </xsl:variable>
    <func:result select="string($letters)"/>
  </func:function>

  <!-- ДД.ММ.ГГГГ as it is printed: numeric or words («16 февраля 2021 г.»). -->
  <func:function name="f:date">
    <xsl:param name="date"/>
    <xsl:param name="style"/>
    <xsl:choose>
      <xsl:when test="$style = 'words'">
        <xsl:variable name="day">
          <xsl:choose>
            <xsl:when test="$set/p:registration/@day-zero = 'yes'">
              <xsl:value-of select="substring($date, 1, 2)"/>
            </xsl:when>
            <xsl:otherwise><xsl:value-of select="number(substring($date, 1, 2))"/></xsl:otherwise>
          </xsl:choose>
        </xsl:variable>
        <func:result select="concat($day, '&#160;',
          $texts/p:month[@number = substring($date, 4, 2)]/@gen, '&#160;',
          substring($date, 7, 4), '&#160;', string($set/p:registration/@year))"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="string($date)"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- ДД.ММ.ГГГГ to ГГГГ-ММ-ДД, for the metadata. -->
  <func:function name="f:iso-date">
    <xsl:param name="date"/>
    <func:result select="concat(substring($date, 7, 4), '-', substring($date, 4, 2), '-',
                                substring($date, 1, 2))"/>
  </func:function>

  <!-- «№ 5»; the sign stays with its number. -->
  <func:function name="f:number">
    <xsl:param name="number"/>
    <xsl:variable name="space">
      <xsl:if test="$set/p:registration/@number-space = 'yes'">&#160;</xsl:if>
    </xsl:variable>
    <func:result select="concat(f:text('number'), $space, $number)"/>
  </func:function>

  <!-- A length in millimetres, as a number: what arithmetic in XSLT needs. -->
  <func:function name="f:mm">
    <xsl:param name="length"/>
    <xsl:choose>
      <xsl:when test="contains($length, 'mm')"><!-- most lengths -->
        <func:result select="number(substring-before($length, 'mm'))"/>
      </xsl:when>
      <xsl:when test="contains($length, 'cm')">
        <func:result select="substring-before($length, 'cm') * 10"/>
      </xsl:when>
      <xsl:when test="contains($length, 'pt')">
        <func:result select="substring-before($length, 'pt') * 127 div 360"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="number('')"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- Whether the processor is prikaz, which knows places in the source. -->
  <xsl:variable name="has-place" select="function-available('px:at')"/>

  <!-- An error at the current element, in the clerk's language: «[12] error: …». -->
  <xsl:param name="language" select="'ru'"/>

  <xsl:template name="say">
    <xsl:param name="message"/>
    <xsl:param name="first"/>
    <xsl:param name="second"/>
    <xsl:variable name="text" select="$texts/p:message[@name = $message]/@*[name() = $language]"/>
    <xsl:message>
      <xsl:if test="$has-place"><xsl:value-of select="concat('[', px:at(.), '] ')"/></xsl:if>
      <xsl:text>error: </xsl:text>
      <xsl:value-of select="str:replace(str:replace($text, '{1}', $first), '{2}', $second)"/>
    </xsl:message>
  </xsl:template>

  <!-- Where the current source element stands, as px:at of the result element being made. -->
  <xsl:template name="at">
    <t:place><xsl:fallback/></t:place>
  </xsl:template>
</xsl:stylesheet>
