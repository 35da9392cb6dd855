<?xml version="1.0" encoding="UTF-8"?>
<!-- Отметка о приложении and гриф утверждения (requisites 16, 19): the block at the top right of
     an appendix, derived from the order unless the appendix says otherwise; гриф согласования
     (20) at its left. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                exclude-result-prefixes="p f">

  <!-- The current appendix's mark, with what is opposite of it; the restriction mark above. -->
  <xsl:template name="mark">
    <xsl:variable name="width" select="$text-width * not(@orientation = 'landscape')
                                       + $landscape-width * (@orientation = 'landscape')"/>
    <xsl:variable name="indent" select="$width - f:mm($set/p:appendix/@width)"/>
    <xsl:if test="p:restriction">
      <fo:block role="Div" start-indent="{$indent}mm" space-after="14pt"
                keep-with-next.within-page="always">
        <xsl:apply-templates select="p:restriction"/>
      </fo:block>
    </xsl:if>
    <xsl:choose>
      <xsl:when test="p:agreed[@place = 'first']">
        <fo:table xsl:use-attribute-sets="plain-table" keep-with-next.within-page="always"
                  space-after="{$set/p:appendix/@after}">
          <fo:table-column column-width="{$indent}mm"/>
          <fo:table-column column-width="{$set/p:appendix/@width}"/>
          <fo:table-body role="Div">
            <fo:table-row role="Div" keep-together.within-page="always">
              <fo:table-cell role="Div" font-size="{$set/p:font/@mark-size}"
                             end-indent="{$indent - f:mm($set/p:agreed/@width)}mm">
                <xsl:for-each select="p:agreed[@place = 'first']">
                  <xsl:apply-templates select=".">
                    <xsl:with-param name="before">
                      <xsl:if test="position() &gt; 1">14pt</xsl:if>
                    </xsl:with-param>
                  </xsl:apply-templates>
                </xsl:for-each>
              </fo:table-cell>
              <fo:table-cell role="Div">
                <xsl:call-template name="mark-lines">
                  <xsl:with-param name="indent" select="0"/>
                  <xsl:with-param name="after" select="'0pt'"/>
                </xsl:call-template>
                <fo:block/>
              </fo:table-cell>
            </fo:table-row>
          </fo:table-body>
        </fo:table>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="mark-lines">
          <xsl:with-param name="indent" select="$indent"/>
          <xsl:with-param name="after" select="string($set/p:appendix/@after)"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="mark-lines">
    <xsl:param name="indent"/>
    <xsl:param name="after"/>
    <xsl:if test="not(@mark = 'none') and (p:mark or $order)">
      <fo:block xsl:use-attribute-sets="requisite" role="Div" start-indent="{$indent}mm"
                font-size="{$set/p:font/@mark-size}" keep-with-next.within-page="always"
                space-after="{$after}">
        <xsl:attribute name="text-align">
          <xsl:choose>
            <xsl:when test="p:mark/@align"><xsl:value-of select="p:mark/@align"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="$set/p:appendix/@align"/></xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
        <xsl:choose>
          <xsl:when test="p:mark/p:line">
            <xsl:for-each select="p:mark/p:line">
              <fo:block role="P">
                <xsl:call-template name="at"/>
                <xsl:apply-templates/>
              </fo:block>
            </xsl:for-each>
          </xsl:when>
          <xsl:when test="p:mark/p:signature"><xsl:call-template name="approve-mark"/></xsl:when>
          <xsl:otherwise>
            <xsl:if test="not(@mark = 'approved' or self::p:annual-report)">
              <xsl:call-template name="appendix-mark"/>
            </xsl:if>
            <xsl:if test="@mark = 'approved' or @mark = 'both' or self::p:annual-report">
              <xsl:call-template name="approved-mark"/>
            </xsl:if>
          </xsl:otherwise>
        </xsl:choose>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <!-- «Приложение 1» / «к приказу …» / «от … № …». With УТВЕРЖДЕН under it the act is named
       there alone. -->
  <xsl:template name="appendix-mark">
    <xsl:variable name="word" select="f:word('appendix', 'nom')"/>
    <fo:block role="P">
      <xsl:call-template name="at"/>
      <xsl:choose>
        <xsl:when test="$set/p:appendix/@capitals = 'yes'">
          <xsl:value-of select="f:upper($word)"/>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="f:capital($word)"/></xsl:otherwise>
      </xsl:choose>
      <xsl:value-of select="f:appendix-tail(.)"/>
    </fo:block>
    <xsl:if test="not(@mark = 'both')">
      <fo:block role="P">
        <xsl:value-of select="concat(f:text('to'), ' ', f:word(f:either(p:mark/@kind, $order/@kind), 'dat'))"/>
        <xsl:call-template name="mark-body"/>
      </fo:block>
      <xsl:call-template name="mark-registration"/>
    </xsl:if>
  </xsl:template>

  <!-- УТВЕРЖДЕН, -А, -О, -Ы / «приказом …» / «от … № …». -->
  <xsl:template name="approved-mark">
    <xsl:variable name="gender">
      <xsl:choose>
        <xsl:when test="@gender"><xsl:value-of select="@gender"/></xsl:when>
        <xsl:when test="self::p:annual-report">m</xsl:when><!-- доклад, отчёт -->
        <xsl:otherwise>
          <xsl:value-of select="$texts/p:gender[@kind = f:lower(string(current()/@kind))]/@is"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:if test="$gender = ''">
      <xsl:call-template name="say">
        <xsl:with-param name="message" select="'no-gender'"/>
        <xsl:with-param name="first" select="@kind"/>
      </xsl:call-template>
    </xsl:if>
    <fo:block role="P">
      <xsl:call-template name="at"/>
      <xsl:if test="@mark = 'both'">
        <xsl:attribute name="space-before">12pt</xsl:attribute>
      </xsl:if>
      <xsl:value-of select="$texts/p:approved/@*[name() = $gender]"/>
    </fo:block>
    <fo:block role="P">
      <xsl:value-of select="f:word(f:either(p:mark/@kind, $order/@kind), 'ins')"/>
      <xsl:call-template name="mark-body"/>
    </fo:block>
    <xsl:call-template name="mark-registration"/>
  </xsl:template>

  <!-- УТВЕРЖДАЮ / post / signature, name / date: an official approves in person. -->
  <xsl:template name="approve-mark">
    <xsl:for-each select="p:mark">
      <fo:block role="P">
        <xsl:call-template name="at"/>
        <xsl:value-of select="f:text('approve')"/>
      </fo:block>
      <xsl:call-template name="personal-lines"/>
    </xsl:for-each>
  </xsl:template>

  <!-- ===================================================== parts -->

  <xsl:variable name="landscape-width" select="297 - f:mm($set/p:landscape/@margin-left)
                                               - f:mm($set/p:landscape/@margin-right)"/>

  <!-- The name of the issuing body in the genitive, after a space. -->
  <xsl:template name="mark-body">
    <xsl:choose>
      <xsl:when test="p:mark/p:body">
        <xsl:text> </xsl:text>
        <xsl:apply-templates select="p:mark/p:body/node()"/>
      </xsl:when>
      <xsl:when test="$order/p:issuer/@genitive">
        <xsl:value-of select="concat(' ', $order/p:issuer/@genitive)"/>
      </xsl:when>
      <xsl:when test="$set/p:office/@genitive != ''">
        <xsl:value-of select="concat(' ', string($set/p:office/@genitive))"/>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- «от 16.02.2021 № 5», and the order's heading in «» where it is wanted. -->
  <xsl:template name="mark-registration">
    <xsl:variable name="date" select="f:either(p:mark/@date, $order/@date)"/>
    <xsl:variable name="number" select="f:either(p:mark/@number, $order/@number)"/>
    <fo:block role="P">
      <xsl:value-of select="concat(f:text('from'), '&#160;')"/>
      <xsl:choose>
        <xsl:when test="$date != ''">
          <xsl:value-of select="f:date($date, string($set/p:appendix/@date))"/>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="$set/p:registration/@blank"/></xsl:otherwise>
      </xsl:choose>
      <xsl:text> </xsl:text>
      <xsl:choose>
        <xsl:when test="$number != ''"><xsl:value-of select="f:number($number)"/></xsl:when>
        <xsl:otherwise>
          <xsl:value-of select="f:number(string($set/p:registration/@blank))"/>
        </xsl:otherwise>
      </xsl:choose>
    </fo:block>
    <xsl:choose>
      <xsl:when test="p:mark/p:heading">
        <fo:block role="P">«<xsl:apply-templates select="p:mark/p:heading/node()"/>»</fo:block>
      </xsl:when>
      <xsl:when test="$set/p:appendix/@heading = 'yes' and $order">
        <fo:block role="P">«<xsl:apply-templates select="$order/p:heading/node()"/>»</fo:block>
      </xsl:when>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
