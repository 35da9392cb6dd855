<?xml version="1.0" encoding="UTF-8"?>
<!-- Sentences and phrases of orders that are always worded alike: control, repeal, entry into force,
     cited acts, the office's name in a case. The words are in texts.xml. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                xmlns:func="http://exslt.org/functions" xmlns:str="http://exslt.org/strings"
                extension-element-prefixes="func str" exclude-result-prefixes="p f">

  <!-- A fixed text with {1} and {2} filled in. -->
  <func:function name="f:fill">
    <xsl:param name="name"/>
    <xsl:param name="first"/>
    <xsl:param name="second"/>
    <func:result select="str:replace(str:replace(f:text($name), '{1}', string($first)),
                                     '{2}', string($second))"/>
  </func:function>

  <!-- «Контроль за исполнением настоящего приказа …» -->
  <xsl:template match="p:control">
    <xsl:variable name="kind" select="f:word($order/@kind, 'gen')"/>
    <xsl:choose>
      <xsl:when test="node()"><xsl:apply-templates/></xsl:when>
      <xsl:when test="@on"><xsl:value-of select="f:stopped(f:fill('control-other', $kind, @on))"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="f:fill('control-self', $kind, '')"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- «Признать утратившим силу приказ …», of several acts «утратившими силу: …; …» -->
  <xsl:template match="p:repeal">
    <xsl:choose>
      <xsl:when test="text()[normalize-space()]"><xsl:apply-templates/></xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="f:text(concat('repeal-', substring('several', 1, 7 * (count(p:act) &gt; 1)),
                                            substring('one', 1, 3 * (count(p:act) &lt; 2))))"/>
        <xsl:for-each select="p:act">
          <xsl:if test="position() &gt; 1">; </xsl:if>
          <xsl:apply-templates select=".">
            <xsl:with-param name="case" select="'acc'"/>
          </xsl:apply-templates>
        </xsl:for-each>
        <xsl:text>.</xsl:text>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- «Настоящий приказ вступает в силу со дня его подписания.» -->
  <xsl:template match="p:force">
    <xsl:variable name="subject" select="concat($texts/p:this[@kind = $order/@kind]/@nom, ' ',
                                                f:word($order/@kind, 'nom'))"/>
    <xsl:variable name="when">
      <xsl:choose>
        <xsl:when test="@date">
          <xsl:value-of select="concat(f:text('force-date'), '&#160;',
                                       f:date(@date, string($set/p:registration/@date)))"/>
        </xsl:when>
        <xsl:when test="@from = 'publication'"><xsl:value-of select="f:text('force-publication')"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="f:text('force-signing')"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="node()"><xsl:apply-templates/></xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="f:stopped(f:fill('force', f:capital($subject), $when))"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A sentence with one full stop at its end: «… с 1 марта 2021 г.», «… Образцова О.О.» -->
  <func:function name="f:stopped">
    <xsl:param name="text"/>
    <xsl:variable name="bare" select="substring($text, string-length($text) - 1)"/>
    <xsl:choose>
      <xsl:when test="$bare = '..'">
        <func:result select="substring($text, 1, string-length($text) - 1)"/>
      </xsl:when>
      <xsl:when test="substring($bare, 2) = '.'"><func:result select="string($text)"/></xsl:when>
      <xsl:otherwise><func:result select="concat($text, '.')"/></xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- «приказом Комитета образования от 15.01.2020 № 12 «О мерах»» -->
  <xsl:template match="p:act">
    <xsl:param name="case" select="f:either(@case, 'nom')"/>
    <xsl:param name="capital" select="false()"/>
    <xsl:variable name="body">
      <xsl:choose>
        <xsl:when test="@body"><xsl:value-of select="@body"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$body-genitive"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="kind" select="f:word(@kind, $case)"/>
    <xsl:choose>
      <xsl:when test="$capital"><xsl:value-of select="f:capital($kind)"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$kind"/></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="$body != ''"><xsl:value-of select="concat(' ', $body)"/></xsl:if>
    <xsl:if test="@date">
      <xsl:value-of select="concat(' ', f:text('from'), '&#160;',
                                   f:date(@date, string($set/p:registration/@date)))"/>
    </xsl:if>
    <xsl:if test="@number"><xsl:value-of select="concat(' ', f:number(@number))"/></xsl:if>
    <xsl:if test="node()"> «<xsl:apply-templates/>»</xsl:if>
  </xsl:template>

  <!-- The issuing body in the genitive: the order's own, else the profile's. -->
  <xsl:variable name="body-genitive" select="f:either($order/p:issuer/@genitive,
                                                      string($set/p:office/@genitive))"/>

  <xsl:template match="p:office">
    <xsl:variable name="case" select="f:either(@case, 'nom')"/>
    <xsl:variable name="name" select="f:setting('office', $texts/p:case[@name = $case]/@setting)"/>
    <xsl:if test="$name = ''">
      <xsl:call-template name="say">
        <xsl:with-param name="message" select="'no-office-case'"/>
        <xsl:with-param name="first" select="$case"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:value-of select="$name"/>
  </xsl:template>

  <xsl:template match="p:control | p:force | p:repeal | p:act | p:office" mode="plain">
    <xsl:variable name="text"><xsl:apply-templates select="."/></xsl:variable>
    <xsl:value-of select="$text"/>
  </xsl:template>
</xsl:stylesheet>
